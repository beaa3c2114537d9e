import { ApiError, invalid } from '../errors/api-error.js';
import { FileTooLarge, type FileStorage, type StoredFile } from './file-storage.js';
import { programType } from './refused-types.js';

/** Keeps what somebody here uploads. Throws what they are told of a file that is too large, empty or a program; nothing is kept then. */
export async function storeUpload(
  storage: FileStorage,
  name: string,
  content: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<StoredFile> {
  refuseProgram(programType(name, ''));
  const stored = await storage.store(content, limitBytes).catch((error: unknown) => {
    throw error instanceof FileTooLarge ? new ApiError(413, 'file_too_large', error.message) : error;
  });
  const program = programType(name, stored.mediaType);
  if (program !== null || stored.bytes === 0) {
    await storage.remove(stored.key);
    refuseProgram(program);
    throw invalid('body', 'The file is empty.');
  }
  return stored;
}

function refuseProgram(type: string | null): void {
  if (type !== null) {
    throw new ApiError(415, 'file_type', `Programs and scripts are not sent from here (${type}).`, {
      field: 'x-file-name',
    });
  }
}
