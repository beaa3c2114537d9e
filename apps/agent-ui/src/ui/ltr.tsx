/** Addresses, numbers and handles: they read from left to right in every language. */
export function Ltr({ children, className }: { children: string; className?: string }) {
  return (
    <bdi dir="ltr" className={className}>
      {children}
    </bdi>
  );
}
