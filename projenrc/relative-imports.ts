/** How jest finds a module: TypeScript's relative imports name the compiled file. */
export const RELATIVE_IMPORTS = { '^(\\.{1,2}/.+)\\.js$': ['$1.js', '$1.ts'] } as const;
