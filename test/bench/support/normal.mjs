/** Share of a normal distribution below `z` (Abramowitz and Stegun 7.1.26, right to 1e-7). */
function below(z) {
  const t = 1 / (1 + 0.3275911 * (Math.abs(z) / Math.SQRT2))
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const erf = 1 - poly * Math.exp((-z * z) / 2)
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2
}

/** Share of readings, scattered by one about `mean`, that lie further than `threshold` from nought, either way. */
export const shareBeyond = (mean, threshold) => 1 - below(threshold - mean) + below(-threshold - mean)

/** How many standard deviations leave so small a share outside, both ways together. */
export function deviationsOfShare(share) {
  let low = 0
  let high = 8
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (shareBeyond(0, middle) > share) low = middle
    else high = middle
  }
  return low
}
