import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { invalid, type ApiError } from './api-error.js';

/** The first fault of a body or query, with the path of the field at fault, e.g. `items.0.name`. */
function toRefusal(errors: ValidationError[]): ApiError {
  let [error] = errors;
  const path: string[] = [];
  while (error) {
    path.push(error.property);
    const [rule] = Object.values(error.constraints ?? {});
    if (rule !== undefined) {
      return invalid(path.join('.'), `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`);
    }
    error = error.children?.[0];
  }
  return invalid(path.join('.'), 'This is not valid.');
}

/** Checks every DTO: unknown fields are refused by name; a number of a query declares itself with @Type. */
export function createInputCheck(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: toRefusal,
  });
}
