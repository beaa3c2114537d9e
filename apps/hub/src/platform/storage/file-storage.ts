/** A file that is in storage for good: its bytes survive a crash from here on. */
export interface StoredFile {
  key: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** Sniffed from the content; 'application/octet-stream' where it says nothing. Never what the sender declares. */
  mediaType: string;
}

/** From one byte of a file to another, both included. */
export interface FilePart {
  start: number;
  end: number;
}

/** More bytes than the caller allows. Nothing is kept. */
export class FileTooLarge extends Error {
  readonly code = 'file_too_large';

  constructor(readonly limitBytes: number) {
    super(`The file is larger than ${Math.floor(limitBytes / 1024 / 1024)} MB.`);
    this.name = 'FileTooLarge';
  }
}

/**
 * PORT Where attachments live. Names are random and say nothing of the content. Implementations: a folder of DATA_DIR; an
 * S3-compatible store can take its place without anyone else noticing.
 */
export abstract class FileStorage {
  /** Streams a file in. Throws FileTooLarge. Resolves when it is durable. */
  abstract store(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredFile>;
  /** The same for bytes that are all here. */
  storeBytes(bytes: Uint8Array, limitBytes: number): Promise<StoredFile> {
    return this.store(oneChunk(bytes), limitBytes);
  }

  /**
   * The same file under another key, which lives on when either is removed. Takes no room where the storage can share bytes.
   * @returns the new key, once it is durable.
   */
  abstract copy(key: string): Promise<string>;
  /** `part`: the first and the last byte of it, both included. */
  abstract open(key: string, part?: FilePart): NodeJS.ReadableStream;
  abstract remove(key: string): Promise<void>;
  /**
   * Removes what a crash left of files that were being stored and have not grown since `before`. Never one that is being stored now.
   * @returns how many.
   */
  abstract removeUnfinished(before: Date): Promise<number>;
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
