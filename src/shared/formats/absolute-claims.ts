/**
 * Words that advertising law forbids in titles (CAT-4). A start: the shop edits the list; each entry is matched as it
 * stands, after NFKC.
 */
export const DEFAULT_ABSOLUTE_CLAIMS: readonly string[] = [
  '最',
  '国家级',
  '世界级',
  '宇宙级',
  '全球级',
  '顶级',
  '极品',
  '第一品牌',
  '销量第一',
  '全网第一',
  '全国第一',
  '唯一',
  '独一无二',
  '绝无仅有',
  '史无前例',
  '前无古人',
  '万能',
  '国家领导人',
]

/** The first forbidden claim in a title, or null. */
export function findAbsoluteClaim(
  title: string,
  claims: readonly string[] = DEFAULT_ABSOLUTE_CLAIMS,
): string | null {
  const text = title.normalize('NFKC')
  return claims.find((claim) => claim !== '' && text.includes(claim)) ?? null
}
