// An internet of the test's own: one https server that answers for every host, with a certificate that nobody signed.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:https";

/** DER of a type with its contents (X.690 §8.1). */
function der(tag, ...contents) {
  const bytes = Buffer.concat(contents.map((part) => Buffer.from(part)));
  const [high, low] = [bytes.length >> 8, bytes.length & 0xff];
  const length = high > 0 ? [0x82, high, low] : low > 127 ? [0x81, low] : [low];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

/** A certificate of version 1 with the least that RFC 5280 §4.1 wants, by its own key. */
function certificate() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 0x04, 0x03]), der(0x0c, Buffer.from("test")))));
  const algorithm = der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
  const validity = der(0x30, der(0x17, Buffer.from("250101000000Z")), der(0x17, Buffer.from("491231235959Z")));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const serial = der(0x02, [1, ...createHash("sha256").update(spki).digest().subarray(0, 8)]);
  const body = der(0x30, serial, algorithm, name, validity, name, spki);
  const whole = der(0x30, body, algorithm, der(0x03, [0], sign("sha256", body, privateKey)));
  const pem = whole.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  };
}

/** Begins it; `answer(url, request, response)` answers. `arguments` make a Chromium live there. */
export async function internet(answer) {
  const server = createServer(certificate(), (request, response) =>
    answer(`https://${request.headers.host}${request.url}`, request, response),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const rules = `MAP * 127.0.0.1:${server.address().port}, EXCLUDE localhost, EXCLUDE 127.0.0.1`;
  return {
    arguments: ["--ignore-certificate-errors", `--host-resolver-rules=${rules}`],
    close: () => (server.closeAllConnections(), server.close()),
  };
}
