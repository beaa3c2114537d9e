import { Readable } from 'node:stream';
import { withFewSignatures } from './few-signatures.js';

/** What DNS said under a name: its records, or the code by which it had none to give. */
export type DnsAnswer = { records: string[] | string[][] } | { code: string };

/** A mail whose signatures are to be checked. */
export interface SignedMail {
  raw: Uint8Array;
  /** The domain of its author, '' for none. */
  host: string;
  /** What DNS says under the names of `keyNames`, each in lower case. Nothing else is asked. */
  keys: Readonly<Record<string, DnsAnswer>>;
}

/** What was found about the signatures of a mail, and whom its head names as its author. */
export interface SignatureFindings {
  authors: string[];
  fromFields: number;
  signatures: {
    id: string;
    domain: string;
    /** In the words of `Authentication-Results`. */
    result: string;
    aligned: string | false;
    underSized: number | undefined;
  }[];
}

/**
 * Hashes and verifies, which of a large mail with several signatures is the work of seconds: to be done in a thread that can be ended. It
 * asks nobody and waits for nothing. Null for a head beyond any that people's mail has.
 */
export async function checkSignatures({ raw, host, keys }: SignedMail): Promise<SignatureFindings | null> {
  const mail = withFewSignatures(raw, host);
  if (!mail) {
    return null;
  }
  // The verifier is large, and most mail of a hub behind a provider never needs it.
  const { dkimVerify } = await import('mailauth');
  const input = Readable.from([mail.head, mail.body], { objectMode: false });
  const { headerFrom, fromFields, results } = await dkimVerify(input, { resolver: (name) => answerOf(keys, name) });
  return {
    authors: headerFrom,
    fromFields,
    signatures: results.map(({ id, signingDomain, status }) => ({
      id: id ?? '',
      domain: signingDomain ?? '',
      result: status.result,
      aligned: status.aligned ?? false,
      underSized: status.underSized,
    })),
  };
}

function answerOf(keys: SignedMail['keys'], name: string): Promise<string[] | string[][]> {
  const answer = keys[name.toLowerCase()] ?? { code: 'ETIMEOUT' };
  return 'records' in answer
    ? Promise.resolve(answer.records)
    : Promise.reject(Object.assign(new Error('There is no key under this name.'), { code: answer.code }));
}
