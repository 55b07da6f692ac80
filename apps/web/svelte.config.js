// Runes everywhere: a component that reads the old way does not compile.

export default { compilerOptions: { runes: true } };
