export async function documents(output) {}
