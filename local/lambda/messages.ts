/** What a worker thread is started with. */
export interface WorkerInit {
  name: string;
  arn: string;
  directory: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  clockOffset: SharedArrayBuffer;
}

/** Main thread → worker. The event travels as JSON, as it does to a Lambda. */
export interface Invocation {
  requestId: string;
  event: string;
}

/** Worker → main thread. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'log'; text: string; by: 'OUTPUT' | 'CONSOLE' }
  | { kind: 'returned'; payload: string | undefined }
  | { kind: 'failed'; errorType: string; errorMessage: string };
