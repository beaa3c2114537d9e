import { useMutation } from '@tanstack/react-query';
import { notify } from './notify.js';
import { useProblemText } from './problem-text.js';

/** One thing that the reader asks the hub to do; when it does not work, they are told why. */
export function useAction<Input, Result>(
  act: (input: Input) => Promise<Result>,
  done?: (result: Result, input: Input) => void,
) {
  const problemText = useProblemText();
  return useMutation({
    mutationFn: act,
    onSuccess: (result, input) => done?.(result, input),
    onError: (error) => notify(problemText(error), 'bad'),
  });
}
