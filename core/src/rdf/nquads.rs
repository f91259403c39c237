//! N-Quads (RDF 1.1 N-Quads): reading, for tests and the conformance suites, and writing in canonical form.
