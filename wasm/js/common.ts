// What every entry has besides its own module.
export type { Answer, Catalogue, Question } from "./catalogue.js";
export type { InitSource } from "./engine.js";
export { LerError, type LerErrorCode } from "./errors.js";
export { type Resource, Resources } from "./resources.js";
export * from "./types.js";
