// The functions of the module itself (`wasm/src/lib.rs`), as wasm-bindgen gives them.
export declare class Resources {
  constructor();
  found(
    kind: string,
    id: string,
    bytes: Uint8Array,
    mediaType?: string,
    retrievedAt?: string,
    httpStatus?: number,
  ): void;
  unavailable(kind: string, id: string, reason: string): void;
  free(): void;
}

export declare class Verification {
  private constructor();
  report(): string;
  records(): string;
  view(name: string): string | undefined;
  free(): void;
}

export declare class Verifier {
  constructor(policyJson: string);
  verify(document: Uint8Array, occasionJson: string, resources: Resources): Verification;
  free(): void;
}

export declare function initSync(options: { module: WebAssembly.Module }): unknown;
export declare function catalogue(): string;
export declare function version(): string;
export declare function __wbg_reset_state(): void;
