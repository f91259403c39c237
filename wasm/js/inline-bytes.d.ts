/** The module: gzip, then base64. */
declare const text: string;
export default text;
