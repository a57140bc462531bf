/** Beyond this many standard deviations less than 1e-15 of a normal distribution is left. */
const TAIL = 8;

/** The share, 0 to 1, of a normal distribution that lies below a point `z` standard deviations above its mean. */
export function normalDistribution(z: number): number {
  if (Math.abs(z) >= TAIL) return z > 0 ? 1 : 0;
  // The integral from 0 to z is the density times z + z³/3 + z⁵/(3·5) + …: terms of one sign, so none cancels another.
  let sum = z;
  let term = z;
  for (let odd = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * density(z);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
