/** A JSON Schema, as far as the API's types need one. */
export type Schema = { [keyword: string]: unknown };

/** What a handler takes and returns, read from its source. Absent parts are as everywhere: no query, no body, no answer. */
export interface OperationShape {
  summary?: string;
  /** Where it is not 200, or 201 for POST. */
  status?: number;
  /** Parts of the path that are more than any text. */
  path?: Record<string, Schema>;
  query?: { name: string; required: boolean; schema: Schema }[];
  body?: Schema;
  /** The body is bytes of any kind. */
  takesRaw?: boolean;
  answers?: Schema;
  /** The answer is bytes of any kind. */
  raw?: boolean;
}

export interface ApiShapes {
  /** What each controller is for, by its name. */
  rooms: Record<string, string>;
  /** By `Controller.method`. */
  operations: Record<string, OperationShape>;
  /** By name. */
  schemas: Record<string, Schema>;
}
