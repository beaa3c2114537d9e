import type { Problem } from '#contract';

/** An answer of the hub that is not what was asked for. `code` is stable; `status` 0 means that no answer came. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The problem of a request that got no answer: it may be sent again, and only idempotent ones without thought. */
export function unreachable(): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: '',
    status: 0,
    code: 'unreachable',
    detail: '',
    requestId: '',
  });
}

/** Reads a failed answer; a proxy in between may answer with a page instead of a problem document. */
export function problemOf(status: number, text: string): ProblemError {
  const fallback: Problem = {
    type: 'about:blank',
    title: '',
    status,
    code: `http_${status}`,
    detail: '',
    requestId: '',
  };
  try {
    return new ProblemError({ ...fallback, ...(JSON.parse(text) as Partial<Problem>), status });
  } catch {
    return new ProblemError(fallback);
  }
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code);
}
