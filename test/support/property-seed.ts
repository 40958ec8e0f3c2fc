import fc from 'fast-check'

/**
 * Properties are drawn from one seed, so that the gate says the same of the same code; `PACKBENCH_PROPERTY_SEED` draws
 * others (`random` for a new one each time), and a seed that fails is reported by the property itself.
 */
const wanted = process.env.PACKBENCH_PROPERTY_SEED ?? '20261122'
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })
