import type { LocalContext } from './context.ts';
import type { AwsService, ServiceName, WebHandler } from './gateway/messages.ts';
import type { LocalOutputs } from './outputs.ts';

/** What an emulated service offers to the machine. */
export interface LocalService {
  /** Operations of AWS APIs, by the name of the service. */
  aws?: Partial<Record<ServiceName, AwsService>>;
  /** Other routes, for admitted origins. */
  web?: WebHandler[];
  /** GET routes that a page of any origin may read. */
  publicWeb?: WebHandler[];
  /** The service's part of `GET /_local/outputs`. */
  outputs?: Partial<LocalOutputs>;
  /** Origins whose pages may call this port, as far as the template names them. */
  origins?: readonly string[];
  /** Runs once every service exists, before anything is answered. */
  start?: () => void;
  /** Runs once the sample people are loaded, before the machine reports that it is ready. */
  filled?: () => void;
  /** Deletes what the service keeps outside the machine's state. The functions have stopped. */
  erase?: () => void | Promise<void>;
  /** Ends what the service started. The functions have stopped. */
  close?: () => void | Promise<void>;
}

/** Each folder of a service exports one of these as `create`. */
export type CreateService = (context: LocalContext) => LocalService | Promise<LocalService>;
