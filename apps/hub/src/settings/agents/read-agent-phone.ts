import { normalisePhone, type AgentEndpoint } from '#channels';
import { invalid } from '../../platform/errors/api-error.js';

const sipAddress = /^sips?:[^\s@<>"]{1,100}@[^\s@<>"]{1,100}$/iu;
const extension = /^[0-9*#]{1,20}$/u;
const localDigits = /[۰-۹٠-٩]/gu;

/** An agent's phone as it is dialled: the forms that people write it in become one. Throws the API's refusal, in words. */
export function readAgentPhone({ kind, address }: AgentEndpoint, defaultCountry: string): AgentEndpoint {
  const written = address.trim();
  switch (kind) {
    case 'number': {
      const phone = normalisePhone(written, defaultCountry);
      if (phone?.kind !== 'phone') {
        throw invalid('phone.address', 'This is not a phone number.');
      }
      return { kind, address: phone.e164 };
    }
    case 'sip': {
      const uri = /^sips?:/iu.test(written) ? written : `sip:${written}`;
      if (!sipAddress.test(uri)) {
        throw invalid('phone.address', 'This is not a SIP address: sip:name@host.');
      }
      return { kind, address: uri };
    }
    case 'extension': {
      const digits = written.replace(localDigits, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
      if (!extension.test(digits)) {
        throw invalid('phone.address', 'An extension has up to 20 digits.');
      }
      return { kind, address: digits };
    }
  }
}
