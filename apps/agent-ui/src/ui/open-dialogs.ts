/** How many dialogs stand over the page. */
let open = 0;

/** Notes a dialog until the returned function is called. */
export function noteDialog(): () => void {
  open += 1;
  return () => {
    open -= 1;
  };
}

/** One press of Escape is heard by everything that stands over the page: what lies under a dialog leaves it to the dialog. */
export function isUnderDialog(): boolean {
  return open > 0;
}
