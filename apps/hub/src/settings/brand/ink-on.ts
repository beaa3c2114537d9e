/** Black or white, whichever is read better on a colour: one of the two always has a contrast of 4.5 at least. */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const light = luminanceOf(colour);
  return (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? '#000000' : '#ffffff';
}

/** Relative luminance as WCAG 2 has it. `colour` is '#rrggbb'. */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
