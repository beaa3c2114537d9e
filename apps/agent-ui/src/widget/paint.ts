/** Marks above this luminance are read better in black. */
const brightest = 0.18;

/** Gives the widget the channel's colour, and what is written on it whichever of black and white is read better there. */
export function paint({ style }: HTMLElement, colour: string): void {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  style.setProperty('--peyk', colour);
  style.setProperty('--on-peyk', 0.21 * r + 0.72 * g + 0.07 * b > brightest ? '#000' : '#fff');
}
