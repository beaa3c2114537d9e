import { useEffect, useState } from 'react';

const prefix = 'peyk.start.';

/** State that a reload of this window leaves as it was: what somebody has typed and not sent yet. Never for secrets. */
export function useKept<Value>(name: string, first: () => Value): [Value, (value: Value) => void, () => void] {
  const [value, setValue] = useState<Value>(() => read<Value>(name) ?? first());
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    if (isTouched) {
      sessionStorage.setItem(prefix + name, JSON.stringify(value));
    }
  }, [name, value, isTouched]);
  const put = (changed: Value) => {
    setTouched(true);
    setValue(changed);
  };
  const forget = () => {
    setTouched(false);
    sessionStorage.removeItem(prefix + name);
  };
  return [value, put, forget];
}

function read<Value>(name: string): Value | null {
  const kept = sessionStorage.getItem(prefix + name);
  return kept === null ? null : (JSON.parse(kept) as Value);
}
