/** An access key, as a client holds it. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}
