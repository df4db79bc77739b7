/** A parsed answer: elements only, texts joined and trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export interface ServiceRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: Readonly<Record<string, string>>;
  /** Deadline of the whole exchange, milliseconds. */
  readonly timeout: number;
}

export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly root: XmlElement }
  /** Transport error, HTTP status, size, invalid XML ...: for the log, without values. */
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** No connection was ever accepted: nothing can have arrived. */
      readonly unsent?: true;
    };

export interface WebService {
  call(request: ServiceRequest): Promise<ServiceAnswer>;
}
