export declare const chromiumArguments: string[]
export declare function findChromium(): string | null
export declare function ensureChromium(): string
