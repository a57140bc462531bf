/**
 * What is answered within the limit; whatever comes later goes nowhere.
 *
 * @param complaint the message of the failure after the limit
 */
export function inTime<T>(answer: Promise<T>, limitMs: number, complaint: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(complaint)), limitMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
