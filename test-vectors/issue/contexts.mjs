export async function contexts(output) {}
