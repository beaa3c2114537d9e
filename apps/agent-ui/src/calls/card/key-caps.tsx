import './key-caps.css';

/** Keys of a telephone, as they were pressed. They read from left to right in every language. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <bdi dir="ltr" className="key-caps">
      {Array.from(keys, (key, at) => (
        <kbd key={`${at} ${key}`}>{key}</kbd>
      ))}
    </bdi>
  );
}
