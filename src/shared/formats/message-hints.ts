/** Waists of garments lie in here; a figure outside means something else (RCV-4). */
const LEAST_WAIST_MM = 600
const MOST_WAIST_MM = 1100

/** One chi 尺 is a third of a metre. */
const MM_PER_CHI = 1000 / 3
const MM_PER_INCH = 25.4

const HANZI_DIGITS = '零一二三四五六七八九'

const FIGURE = String.raw`(\d{1,4}(?:\.\d{1,2})?)\s*(厘米|公分|cm|毫米|mm|英寸|寸|inches|inch|in\b|尺|")?\s*(?:(?<=尺\s*)(\d{1,2})寸?)?`
/** Between the word and its figure: a few characters, no other measurement, no other figure. */
const AFTER_WORD = new RegExp(String.raw`(?:腰围|腰|waist)([^\d,，。;；\n]{0,8}?)${FIGURE}`, 'gi')
const BEFORE_WORD = new RegExp(String.raw`${FIGURE}\s*(?:的|左右)?\s*(?:腰|waist)`, 'gi')
const OTHER_MEASURE = /臀|胸|肩|裤长|衣长|身高|体重|hip|chest|length|height/i

/**
 * The waist a buyer's message asks for, in mm, or null: `腰围要77厘米的,不要大` → 770, `腰围 2尺3` → 767, `waist 77cm` → 770.
 * Two different figures are null. Only a suggestion that a person confirms (ORD-6).
 */
export function suggestWaistMm(message: string): number | null {
  const text = hanziChiToDigits(message.slice(0, 1000).normalize('NFKC'))
  const found = new Set<number>()
  for (const match of text.matchAll(AFTER_WORD)) {
    if (!OTHER_MEASURE.test(match[1] ?? '')) add(found, toMm(match[2], match[3], match[4]))
  }
  if (found.size === 0)
    for (const match of text.matchAll(BEFORE_WORD)) add(found, toMm(match[1], match[2], match[3]))
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

function add(found: Set<number>, mm: number | null): void {
  if (mm !== null && mm >= LEAST_WAIST_MM && mm <= MOST_WAIST_MM) found.add(mm)
}

function toMm(digits = '', unit = '', cun = ''): number | null {
  const value = Number(digits)
  const name = unit.toLowerCase()
  if (name === '尺') return Math.round((value + (cun === '' ? 0 : Number(`0.${cun}`))) * MM_PER_CHI)
  if (name === '毫米' || name === 'mm') return Math.round(value)
  if (name === '厘米' || name === '公分' || name === 'cm') return Math.round(value * 10)
  if (name !== '' && name !== '寸') return Math.round(value * MM_PER_INCH)
  // A bare figure that can only be centimetres; 27 or 31 is a size mark and says nothing about the waist (RCV-4).
  return name === '' && value >= 60 && value <= 110 ? Math.round(value * 10) : null
}

/** 二尺三 → 2尺3. Only around 尺, so that hanzi numbers elsewhere stay as they are. */
function hanziChiToDigits(text: string): string {
  return text.replace(
    /([一二两三])\s*尺\s*([一二三四五六七八九])?/g,
    (_, chi: string, cun: string | undefined) => {
      const whole = chi === '两' ? 2 : HANZI_DIGITS.indexOf(chi)
      return `${whole}尺${cun === undefined ? '' : HANZI_DIGITS.indexOf(cun)}`
    },
  )
}
