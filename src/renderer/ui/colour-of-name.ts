/** Colour words as shops write them; longer words are looked for first (雾蓝 before 蓝). */
const colours: Readonly<Record<string, string>> = {
  深蓝: '#23395d',
  浅蓝: '#9fc3e6',
  雾蓝: '#8fa6b8',
  天蓝: '#7ec0ee',
  宝蓝: '#1e4fa3',
  藏青: '#1d2740',
  藏蓝: '#1d2740',
  牛仔蓝: '#4a6a94',
  湖蓝: '#3aa6b9',
  蓝: '#3867b5',
  黑: '#1b1b1b',
  深灰: '#4d4d4d',
  浅灰: '#c9c9c9',
  炭灰: '#3b3d40',
  灰: '#8d8d8d',
  银: '#c4c8cc',
  米白: '#f3ecdc',
  奶白: '#f8f2e4',
  白: '#ffffff',
  奶油: '#f4efe6',
  杏色: '#ecd3b4',
  杏: '#ecd3b4',
  米色: '#e8dcc3',
  卡其: '#b9a27a',
  驼色: '#b08a5b',
  驼: '#b08a5b',
  咖啡: '#5d4037',
  咖: '#6f4e37',
  棕: '#7a5230',
  褐: '#6b4a2f',
  琥珀: '#e9c9a8',
  砖红: '#a9492f',
  酒红: '#6d1f2f',
  枣红: '#7c2430',
  大红: '#c8202f',
  玫红: '#d2336f',
  红: '#c33a32',
  藕粉: '#e3c1c1',
  粉: '#f0b6c3',
  橘: '#e5803a',
  橙: '#e8832a',
  姜黄: '#c98f1e',
  鹅黄: '#f6e27a',
  黄: '#ecc737',
  金: '#c9a44c',
  军绿: '#55603a',
  墨绿: '#1f3d33',
  薄荷: '#a8dcc6',
  豆绿: '#a5b88a',
  绿: '#4c8b57',
  紫: '#7a569b',
  香芋: '#b9a4cf',
}

/** Things that are no single colour: CSS backgrounds. */
const patterns: Readonly<Record<string, string>> = {
  碎花:
    'radial-gradient(circle at 25% 30%,#d96b7c 0 12%,transparent 13%),' +
    'radial-gradient(circle at 70% 62%,#e5a13f 0 11%,transparent 12%),' +
    'radial-gradient(circle at 62% 18%,#6f9a5c 0 8%,transparent 9%),' +
    'radial-gradient(circle at 24% 78%,#6f9a5c 0 9%,transparent 10%),#f7efe6',
  条纹: 'repeating-linear-gradient(0deg,#f5f2ea 0 8px,#2b3d5c 8px 14px)',
  格子:
    'repeating-linear-gradient(0deg,#0003 0 6px,transparent 6px 16px),' +
    'repeating-linear-gradient(90deg,#0003 0 6px,transparent 6px 16px),#d9c7a4',
  透明: 'repeating-conic-gradient(#d5dade 0 25%,#f6f8f9 0 50%) 0 0/16px 16px',
  彩: 'linear-gradient(135deg,#d9534f,#e8b93a 35%,#58a55c 60%,#3867b5)',
}

const english: Readonly<Record<string, string>> = {
  navy: '#23395d',
  'light blue': '#9fc3e6',
  blue: '#3867b5',
  black: '#1b1b1b',
  grey: '#8d8d8d',
  gray: '#8d8d8d',
  cream: '#f4efe6',
  white: '#ffffff',
  beige: '#e8dcc3',
  khaki: '#b9a27a',
  brown: '#7a5230',
  amber: '#e9c9a8',
  red: '#c33a32',
  pink: '#f0b6c3',
  orange: '#e8832a',
  yellow: '#ecc737',
  green: '#4c8b57',
  purple: '#7a569b',
}

const longestFirst = Object.entries({ ...patterns, ...colours, ...english }).sort(
  ([one], [other]) => other.length - one.length,
)

/** The CSS background for a shop's colour word, or null for a word nobody knows. */
export function colourOfName(name: string): string | null {
  const word = name.normalize('NFKC').trim().toLowerCase()
  return longestFirst.find(([known]) => word.includes(known))?.[1] ?? null
}
