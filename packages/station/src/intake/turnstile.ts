/**
 * Lets those who have much to do go on one after the other, each in a turn of the event loop of its own, in the order in which they came:
 * however many there are, whoever else has something to do waits for one piece of work and not for one of each.
 */
export function openTurnstile(): () => Promise<void> {
  const waiting: Array<() => void> = [];
  const letOne = (): void => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(letOne);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(letOne);
    });
}
