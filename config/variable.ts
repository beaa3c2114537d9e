/** What an operator reads about one variable: the same text documents the code and fills `.env.example`. */
export interface VariableText {
  name: string;
  text: string;
  /** Shown after the `=` of the example line; an empty one leaves the place blank. */
  example: string;
}

const documented: VariableText[] = [];

/**
 * Declares a property of Environment as a variable that operators may set.
 *
 * The text is the variable's only documentation: `.env.example` is generated from it, in the order of declaration.
 */
export function Variable(text: string, example = ''): PropertyDecorator {
  return (_target, property) => {
    documented.push({ name: String(property), text, example });
  };
}

/** Every declared variable, in the order of declaration. */
export function listVariables(): readonly VariableText[] {
  return documented;
}
