/** An event as an AWS service publishes it on the account's default bus. */
export interface ServiceEvent {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
}

/** The way from the services that publish events to those that deliver them. */
export interface Events {
  /** Returns at once: a publisher does not wait for delivery. */
  publish: (event: ServiceEvent) => void;
  subscribe: (deliver: (event: ServiceEvent) => void) => void;
}

export function createEvents(): Events {
  const subscribers: ((event: ServiceEvent) => void)[] = [];
  return {
    publish: (event) => subscribers.forEach((deliver) => deliver(event)),
    subscribe: (deliver) => void subscribers.push(deliver),
  };
}
