// Generated from the table of codes by `cargo xtask-build readme`.

/** A question that the verifier asks. */
export type CheckId =
  /** Is it a kind of record that this library knows? */
  | "document.format"
  /** Is the image that it is baked into whole, with one record in it? */
  | "document.image"
  /** Is it baked into the image as its standard says? */
  | "image.conventions"
  /** Is it strict JSON that every reader reads alike? */
  | "document.json"
  /** Is it a conforming document of its data model? */
  | "document.conformance"
  /** Are there members that say nothing (null, empty arrays)? */
  | "document.emptyMembers"
  /** Is every JSON-LD context known, pinned and in its place? */
  | "contexts.available"
  /** Which dated versions of the contexts does the signature fit? */
  | "contexts.version"
  /** Does every context contribute to what is signed? */
  | "contexts.unused"
  /** Does everything that can be read reach the signature? */
  | "jsonld.lossless"
  /** Does the JSON read as it is signed? */
  | "jsonld.readsAsSigned"
  /** Does every property stand where it was signed? */
  | "jsonld.positions"
  /** Is every node described in one place? */
  | "jsonld.nodes"
  /** Are all IRIs ordinary ones? */
  | "jsonld.iris"
  /** Is it secured at all? */
  | "securing.present"
  /** Is what the record is made of where it says that it is? */
  | "hosted.documents"
  /** Is what was shown the same as what its issuer publishes? */
  | "hosted.copy"
  /** Do its proofs, taken together, satisfy the policy? */
  | "securing.proofs"
  /** Is all that is disclosed covered by the signature, in its place? */
  | "disclosures"
  /** Is the proof well-formed? */
  | "proof.structure"
  /** Is the proof's suite known and accepted? */
  | "proof.suite"
  /** Was the proof made for this purpose? */
  | "proof.purpose"
  /** Was the proof made in the past? */
  | "proof.created"
  /** Do the claims of the token agree with the record in it? */
  | "proof.claims"
  /** Does the token keep to the conventions of its standard? */
  | "proof.conventions"
  /** Is the proof still in force? */
  | "proof.expires"
  /** Was the proof made for the expected domain? */
  | "proof.domain"
  /** Does the proof answer the expected challenge? */
  | "proof.challenge"
  /** Are the proofs it builds on present and good? */
  | "proof.chain"
  /** Is the signature good for exactly this content? */
  | "proof.signature"
  /** What beside the signature has not been looked at? */
  | "proof.evidence"
  /** What of the proofs that do not count? */
  | "proof.other"
  /** Are the bytes of the signature those that the statement names? */
  | "statement.signature"
  /** Is the signature as long as the statement says? */
  | "statement.length"
  /** Is the statement the one that was signed? */
  | "statement.equivalence"
  /** Is everything in the statement signed? */
  | "statement.added"
  /** Has the statement been voided? */
  | "statement.voiding"
  /** Could the verification method be found? */
  | "key.resolved"
  /** May the key be used for this purpose? */
  | "key.authorized"
  /** Is the key neither revoked nor expired? */
  | "key.current"
  /** Does the key belong to the issuer? */
  | "issuer.bound"
  /** Is it valid already? */
  | "validity.from"
  /** Is it still valid? */
  | "validity.until"
  /** What does its status list say? */
  | "status.entry"
  /** Is it the list that was meant? */
  | "status.listId"
  /** Is the list so long that nobody is singled out by asking for it? */
  | "status.listLength"
  /** Is the list as fresh as its issuer wants it to be? */
  | "status.listFreshness"
  /** Could the holder have left out what limits it? */
  | "withheld"
  /** Does it follow its own schema? */
  | "schema"
  /** Do the resources that it names have the digests that it gives for them? */
  | "linkedResource"
  /** Is what says how to read the record what its issuer meant? */
  | "typeMetadata"
  /** Does it follow the rules of Open Badges 3.0? */
  | "profile.openBadges"
  /** Does it follow the rules of CLR 2.0? */
  | "profile.clr"
  /** Does it follow the rules of European Digital Credentials? */
  | "profile.elm"
  /** Did the issuer make what it awards? */
  | "achievement.creator"
  /** Is it about the expected person? */
  | "recipient"
  /** Did the holder of the key that the issuer named present it? */
  | "keyBinding"
  /** Was it presented by the expected holder? */
  | "holder"
  /** Is it about the one who presents it? */
  | "presenter"
  /** Is the record in the résumé about the person whose résumé it is? */
  | "person"
  /** What is given to show something, and is no record? */
  | "contacts"
  /** Does the policy accept its issuer? */
  | "issuer.accepted"
  /** Is the name that the issuer gives itself its own? */
  | "issuer.name"
  /** Does a signed presentation hold anything? */
  | "embedded.any"
  /** Is every record inside it verified? */
  | "embedded.verdict"
  /** Do its endorsements verify? */
  | "embedded.endorsement"
  /** Is the endorsement about what it hangs on? */
  | "endorsement.subject"
  /** Was the endorsement made by others than those who gain from it? */
  | "endorsement.independence"
  /** Does it name a place for newer versions? */
  | "refresh"
  /** Is it the newest version? */
  | "newerVersion"
  /** Is it within the limits of what is processed? */
  | "limits"
  /** Did the policy switch off a protected check? */
  | "policy.danger";

/** A possible answer to a check. */
export type Code =
  /** passed: The format is recognised. */
  | "format.recognised"
  /** indeterminate: This is no format that the library verifies. */
  | "format.notRecognised"
  /** indeterminate: An envelope has a media type that this library does not open. */
  | "envelope.mediaType"
  /** indeterminate: The record is encrypted, which is not supported. */
  | "jose.encrypted"
  /** indeterminate: There is no record in the image. */
  | "image.empty"
  /** indeterminate: The image declares or uses entities, which are not read. */
  | "image.dtd"
  /** indeterminate: The image, or the text in it, is not written in UTF-8, or in another version of XML than 1.0. */
  | "image.encoding"
  /** passed: The image is whole, and there is one record in it; what it shows is not looked at. */
  | "image.ok"
  /** failed: The image is not well-formed. */
  | "image.structure"
  /** failed: The image was damaged: a checksum does not fit. */
  | "image.checksum"
  /** failed: What holds the record in the image cannot be read. */
  | "image.text"
  /** failed: There is more than one record in the image, so two readers may read two. */
  | "image.multiple"
  /** passed: The record stands in the image as its standard says. */
  | "image.conventions.followed"
  /** failed: The record is compressed, which its standard forbids. */
  | "image.compressed"
  /** failed: The record stands in another kind of text than its standard says. */
  | "image.chunk"
  /** failed: The record does not stand first in the image. */
  | "image.place"
  /** failed: A second copy of the record stands in the image, and nothing verifies that one. */
  | "image.copy"
  /** passed: The document is strict JSON. */
  | "json.ok"
  /** failed: The text is not JSON. */
  | "json.syntax"
  /** failed: The text is not UTF-8. */
  | "json.utf8"
  /** failed: The text begins with a byte order mark. */
  | "json.bom"
  /** failed: An object has the same key twice, so two readers may read two records. */
  | "json.duplicateKey"
  /** failed: A string has half of a surrogate pair. */
  | "json.surrogate"
  /** failed: Something follows the JSON value: a file holds exactly one record. */
  | "json.trailing"
  /** failed: A number cannot be represented without being changed. */
  | "json.numberRange"
  /** failed: The document is not a JSON object. */
  | "json.shape"
  /** passed: It is a conforming document of its data model. */
  | "document.conforms"
  /** failed: A required member is missing. */
  | "document.member.missing"
  /** failed: A member has a value of the wrong JSON type. */
  | "document.member.type"
  /** failed: A member has a value that its standard forbids. */
  | "document.member.value"
  /** failed: A member stands where its standard forbids it. */
  | "document.member.forbidden"
  /** failed: The first context is not that of the data model. */
  | "document.context.order"
  /** failed: An identifier is not an absolute URL. */
  | "document.url"
  /** failed: A date is not a valid date and time. */
  | "document.date"
  /** failed: The validity period ends before it begins. */
  | "document.date.order"
  /** failed: The types required of this document are not there. */
  | "document.type"
  /** failed: The `data:` URL of an envelope cannot be read. */
  | "envelope.url"
  /** failed: What is in an envelope is not what its media type or its type says. */
  | "envelope.content"
  /** failed: A member is null or an empty array: it says nothing, and nothing of it is signed. */
  | "document.emptyMember"
  /** passed: Every context is known and its bytes are pinned. */
  | "context.ok"
  /** indeterminate: A context is not known here and was not supplied. */
  | "context.unknown"
  /** indeterminate: A context could not be obtained. */
  | "context.unavailable"
  /** indeterminate: A JSON Schema stands in the place of a context: what is said under it has no canonical form, and a signature over that cannot be checked. */
  | "context.jsonSchema"
  /** indeterminate: A supplied context is not a JSON-LD context. */
  | "context.unreadable"
  /** indeterminate: A supplied context does not have the pinned digest. */
  | "context.digest"
  /** indeterminate: The document brings a context of its own, and the policy does not allow that. */
  | "context.inline.refused"
  /** failed: A context that is not pinned gives a reserved term another meaning, or a reserved property another name. */
  | "context.redefinesReserved"
  /** indeterminate: A context that is not pinned uses @vocab, @base or @import. */
  | "context.forbiddenKeyword"
  /** failed: The contexts cannot be processed together. */
  | "context.invalid"
  /** indeterminate: The contexts cannot be processed together, and one of them is not pinned. */
  | "context.invalid.unpinned"
  /** passed: The signature fits the newest version of every context. */
  | "context.version.newest"
  /** passed: The signature fits an older version of a context that was later edited in place. */
  | "context.version.dated"
  /** passed: Every context contributes. */
  | "context.allUsed"
  /** failed: A context contributes nothing to what is signed; anyone could have added it. */
  | "context.unused"
  /** passed: Everything in the document is covered by the canonical form. */
  | "jsonld.lossless.ok"
  /** failed: No context defines this term, so the signature does not cover it. */
  | "jsonld.term.undefined"
  /** indeterminate: No context defines this term, but one of them is known to be edited in place. */
  | "jsonld.term.undefinedUnpinned"
  /** failed: JSON-LD drops this value, so the signature does not cover it. */
  | "jsonld.value.dropped"
  /** failed: This is not an absolute IRI that can be signed. */
  | "jsonld.iri"
  /** failed: The language tag is not well-formed. */
  | "jsonld.language"
  /** failed: A key looks like a keyword; JSON-LD ignores it. */
  | "jsonld.keywordLike"
  /** failed: An identifier is a blank node label, which is not signed. */
  | "jsonld.blankId"
  /** failed: An integer is beyond ±(2^53−1): readers do not agree on what it is. */
  | "jsonld.number"
  /** failed: JSON-LD does not allow this. */
  | "jsonld.invalid"
  /** indeterminate: Something is not covered by the signature under a context that is not pinned. */
  | "jsonld.lossless.unpinned"
  /** passed: The JSON reads as it is signed. */
  | "jsonld.reads.ok"
  /** failed: A key is not a term of the context: the JSON reads otherwise than it is signed. */
  | "jsonld.notCompact"
  /** failed: A JSON-LD keyword stands where credentials do not use one. */
  | "jsonld.keyword"
  /** failed: Another name than id or type stands for @id or @type. */
  | "jsonld.alias"
  /** failed: A type is written as an IRI although it has a term. */
  | "jsonld.type.iri"
  /** failed: A value is written as another JSON type than the one it is signed as. */
  | "jsonld.literal.form"
  /** failed: A reserved property is written with another term than its own, or a reserved term means something else. */
  | "jsonld.term.respelled"
  /** indeterminate: The JSON reads otherwise than it is signed under a context that is not pinned. */
  | "jsonld.reads.unpinned"
  /** passed: Every property of the credential stands at the credential. */
  | "jsonld.positions.ok"
  /** failed: A property of the credential stands on another object with the same id: the signature cannot tell, a reader can. */
  | "jsonld.property.displaced"
  /** indeterminate: A property stands where no credential is, under a context that is not pinned. */
  | "jsonld.positions.unpinned"
  /** passed: Every node is described in one place. */
  | "jsonld.nodes.separate"
  /** failed: Several objects describe one node: the signature does not say which of them says what. */
  | "jsonld.node.merged"
  /** passed: All IRIs are ordinary. */
  | "jsonld.iris.ordinary"
  /** failed: An IRI can be signed but is not well-formed. */
  | "jsonld.iri.odd"
  /** passed: The document is secured. */
  | "securing.present"
  /** failed: Nothing secures this document: anyone could have written it. */
  | "securing.missing"
  /** notApplicable: The presentation is not signed: it is a bundle, and says nothing about who presents it. */
  | "securing.unsignedPresentation"
  /** failed: The presentation is not signed although a challenge, a domain or a holder is expected. */
  | "securing.presentation.unsigned"
  /** passed: Only the presentation secures it: the holder says so of themselves or of others, nobody else does. */
  | "securing.selfAsserted"
  /** indeterminate: Only the presentation secures it, and whether that is good could not be found out. */
  | "securing.selfAsserted.undecided"
  /** indeterminate: How this record is secured is not part of this build. */
  | "feature.notBuilt"
  /** passed: What was verified is what stands at the record's address: that it is the issuer's rests on the connection over which the host fetched it. */
  | "securing.hosted"
  /** indeterminate: The record is secured by what stands at its address, which could not be had. */
  | "securing.hosted.undecided"
  /** passed: Everything that the record is made of was found where it says that it is. */
  | "hosted.obtained"
  /** indeterminate: A document at one of the record's addresses is needed. */
  | "hosted.needed"
  /** indeterminate: A document at one of the record's addresses could not be obtained. */
  | "hosted.unavailable"
  /** indeterminate: What stands at one of the record's addresses is no JSON object. */
  | "hosted.unreadable"
  /** indeterminate: One of the record's addresses is none of a named server on the web. */
  | "hosted.address"
  /** indeterminate: What stands at one of the record's addresses says that it belongs elsewhere. */
  | "hosted.other"
  /** indeterminate: What stands at one of the record's addresses breaks a rule of its standard. */
  | "hosted.defective"
  /** passed: What was shown is what its issuer publishes. */
  | "hosted.copy.same"
  /** failed: What was shown differs from what its issuer publishes, which alone was verified. */
  | "hosted.copy.differs"
  /** notApplicable: Nothing but the record's address was shown, or it is not secured in this way. */
  | "hosted.copy.none"
  /** passed: The proofs satisfy the policy. */
  | "securing.proofs.satisfied"
  /** failed: A proof that the policy counts is wrong. */
  | "securing.proofs.failed"
  /** indeterminate: No proof of the issuer could be verified, and none is wrong. */
  | "securing.proofs.undecided"
  /** passed: All that is disclosed is covered by the signature, in its place. */
  | "disclosures.ok"
  /** failed: The text is no SD-JWT: a part or a separator is missing or malformed. */
  | "sdjwt.format"
  /** failed: What is reserved for digests (_sd, ..., _sd_alg) stands where it must not, or is of the wrong type. */
  | "sdjwt.structure"
  /** failed: A digest is there twice. */
  | "sdjwt.digest.duplicate"
  /** indeterminate: The hash function of the digests is not supported. */
  | "sdjwt.hash.unsupported"
  /** failed: A disclosure is not an array of salt, name and value, or of salt and value where an item is disclosed. */
  | "sdjwt.disclosure.shape"
  /** failed: A disclosed claim has a name that is reserved for digests. */
  | "sdjwt.disclosure.nameReserved"
  /** failed: A disclosed claim has the name of a claim that is there already. */
  | "sdjwt.disclosure.nameCollision"
  /** failed: A disclosure belongs to no digest: it was changed, or is not the issuer's. */
  | "sdjwt.disclosure.unused"
  /** failed: A claim that verification depends on can be withheld. */
  | "sdjwt.disclosure.forbidden"
  /** passed: The proof is well-formed. */
  | "proof.wellFormed"
  /** failed: A member of the proof is missing or has the wrong type. */
  | "proof.malformed"
  /** failed: This is not a JSON Web Signature in one of its serializations. */
  | "jose.format"
  /** failed: A header parameter has the wrong type, stands twice or where it must not, or contradicts a claim. */
  | "jose.header"
  /** failed: The list of critical header parameters is empty, not protected, or names what is not there or needs no listing. */
  | "jose.crit"
  /** indeterminate: The header demands an extension that is not supported. */
  | "jose.crit.unsupported"
  /** failed: The payload is not encoded where it has to be: in a token, or without saying that this is critical. */
  | "jose.b64"
  /** failed: The token says that it is of another kind than what is in it. */
  | "jose.typ"
  /** failed: This is not a COSE_Sign1 with its payload, or a header has the same parameter twice. */
  | "cose.format"
  /** indeterminate: The COSE_Sign1 is not encoded as a deterministic encoder would, or holds values that are not supported. */
  | "cose.encoding"
  /** failed: A header parameter has the wrong type or stands in both headers. */
  | "cose.header"
  /** failed: The list of critical header parameters is empty, not protected, or names what is not protected. */
  | "cose.crit"
  /** indeterminate: The header demands an extension that is not supported. */
  | "cose.crit.unsupported"
  /** failed: The header says that something else is in it. */
  | "cose.typ"
  /** passed: The suite is known and accepted. */
  | "proof.suite.known"
  /** passed: The suite goes by a name from before its standard. */
  | "proof.suite.preStandard"
  /** indeterminate: The suite is not supported. */
  | "proof.suite.unsupported"
  /** indeterminate: The policy does not accept this suite. */
  | "proof.suite.notAccepted"
  /** passed: The suite is from before Data Integrity, and the policy accepts it. */
  | "proof.suite.legacy"
  /** indeterminate: The suite is not part of this build. */
  | "proof.suite.notBuilt"
  /** indeterminate: It is the issuer's base proof, the holder's own copy: what is presented is a proof derived from it. */
  | "proof.base"
  /** failed: The header names no algorithm, or one that anybody can sign with: none, or a secret shared with the verifier. */
  | "jose.alg"
  /** failed: The protected header names no algorithm, or one whose key the verifier would share. */
  | "cose.alg"
  /** failed: A statement is signed with RS256, RS384 or RS512, and not with this. */
  | "statement.algorithm"
  /** passed: The proof was made for this purpose. */
  | "proof.purpose.ok"
  /** failed: The proof was made for another purpose. */
  | "proof.purpose.wrong"
  /** passed: The proof says it was made in the past. */
  | "proof.created.ok"
  /** notApplicable: The proof does not say when it was made. */
  | "proof.created.absent"
  /** failed: The proof says it was made in the future. */
  | "proof.created.future"
  /** failed: The instant at which the proof was made is no date and time. */
  | "proof.created.format"
  /** passed: The claims of the token agree with the record. */
  | "jose.claims.agree"
  /** passed: The claims agree; that a record of VCDM 2.0 stands in a claim is from before its standard. */
  | "jose.claims.preStandard"
  /** failed: A claim of the token contradicts the record. */
  | "jose.claims.differ"
  /** failed: A claim is missing that the token must have. */
  | "jose.claims.missing"
  /** failed: A claim has the wrong type or a value that is out of range. */
  | "jose.claims.malformed"
  /** failed: There are two records in one token. */
  | "jose.claims.forbidden"
  /** passed: The claims beside the record agree with it. */
  | "cose.claims.agree"
  /** failed: A claim beside the record contradicts it. */
  | "cose.claims.differ"
  /** failed: A claim beside the record has the wrong type or a value that is out of range. */
  | "cose.claims.malformed"
  /** passed: The token keeps to the conventions of its standard. */
  | "jose.conventions.followed"
  /** failed: The header says where keys are to be fetched from, or names them where nothing protects it: that is not followed. */
  | "jose.header.ignored"
  /** failed: The type of the token is named as before its standard. */
  | "jose.typ.preStandard"
  /** failed: When the token says it was made is no number of seconds: it is not read. */
  | "jose.claims.unread"
  /** failed: The token or the badge in it lacks what Open Badges asks to have in both. */
  | "jose.claims.unusual"
  /** failed: The signature is not of the algorithm that Open Badges 2.0 recommends (RS256). */
  | "jose.alg.unusual"
  /** passed: The proof is in force. */
  | "proof.expires.ok"
  /** notApplicable: The proof does not expire. */
  | "proof.expires.absent"
  /** failed: The proof has expired. */
  | "proof.expired"
  /** failed: The instant at which the proof expires is no date and time. */
  | "proof.expires.format"
  /** passed: The proof was made for the expected domain. */
  | "proof.domain.ok"
  /** notApplicable: No domain was expected. */
  | "proof.domain.notExpected"
  /** failed: The proof was made for another domain. */
  | "proof.domain.wrong"
  /** passed: The proof answers the expected challenge. */
  | "proof.challenge.ok"
  /** notApplicable: No challenge was expected, so a replay would not be noticed. */
  | "proof.challenge.notExpected"
  /** failed: The proof answers another challenge. */
  | "proof.challenge.wrong"
  /** passed: The proofs it builds on are present and good. */
  | "proof.chain.ok"
  /** notApplicable: The proof builds on no other. */
  | "proof.chain.none"
  /** failed: A proof that it builds on is not there. */
  | "proof.chain.missing"
  /** failed: The proofs build on each other in a circle. */
  | "proof.chain.cycle"
  /** failed: Two proofs have the same id. */
  | "proof.chain.ambiguous"
  /** failed: A proof that it builds on is wrong. */
  | "proof.chain.broken"
  /** indeterminate: A proof that it builds on could not be verified. */
  | "proof.chain.undecided"
  /** passed: The signature is good for exactly this content. */
  | "proof.signature.good"
  /** failed: The signature does not fit: the content was changed, or another key made it. */
  | "proof.signature.invalid"
  /** indeterminate: The signature does not fit the newest version of a context that was edited in place, and the older ones are not part of this build. */
  | "proof.signature.notBuilt"
  /** failed: The signature is not encoded as its suite demands. */
  | "proof.signature.encoding"
  /** failed: The document's contexts do not begin with those of the proof. */
  | "proof.signature.context"
  /** failed: The proof is of other statements than those that are shown. */
  | "proof.signature.statements"
  /** indeterminate: Could not be checked, because another check failed. */
  | "check.blocked"
  /** notApplicable: There are neither certificates nor time-stamps beside the signature. */
  | "seal.none"
  /** indeterminate: Whether the signer's certificates have been revoked is not looked up. */
  | "seal.revocation.notEvaluated"
  /** indeterminate: Whether this is a qualified seal is for the trusted lists to say, which are not looked up. */
  | "seal.qualified.notEvaluated"
  /** indeterminate: There are time-stamps or other data for the long term, which are not evaluated. */
  | "seal.timeStamps.notEvaluated"
  /** indeterminate: Validity is judged at the signing time, for which there is only the signer's word. */
  | "seal.signingTime.claimed"
  /** indeterminate: A further proof does not count, because its suite is not supported or not accepted. */
  | "proof.other.ignored"
  /** failed: A further proof is wrong, and the policy does not count it. */
  | "proof.other.wrong"
  /** indeterminate: Whether a further proof is good could not be found out, and the policy does not count it. */
  | "proof.other.undecided"
  /** indeterminate: A further proof does not count, because it is a base proof: the issuer made it for the holder alone. */
  | "proof.other.base"
  /** passed: A further proof is good and was made by somebody other than the issuer. */
  | "proof.other.cosignature"
  /** passed: The bytes of the signature are those that the statement names. */
  | "statement.signature.matches"
  /** indeterminate: The bytes that were supplied as the signature have another digest than the statement says: they are something else. */
  | "statement.signature.differs"
  /** indeterminate: The bytes of the signature are needed: they came with the statement, beside it. */
  | "statement.signature.needed"
  /** indeterminate: The bytes of the signature could not be obtained. */
  | "statement.signature.unavailable"
  /** indeterminate: The digest of the signature is missing, or made by a function that is not supported. */
  | "statement.signature.digest"
  /** passed: The signature is as long as the statement says. */
  | "statement.length.same"
  /** indeterminate: The signature is not as long as the statement says; its digest decides. */
  | "statement.length.other"
  /** passed: The statement is the one that was signed. */
  | "statement.equivalent"
  /** failed: The statement differs from the one that was signed in more than a store may change. */
  | "statement.differs"
  /** failed: What was signed is no statement. */
  | "statement.payload"
  /** passed: Everything in the statement is signed. */
  | "statement.added.nothing"
  /** passed: A store added to the statement, or changed what is not part of it: that is not signed, and not in the record. */
  | "statement.added.unsigned"
  /** notApplicable: The statement voids another, so it cannot be voided itself. */
  | "statement.voiding.voids"
  /** indeterminate: Whether the statement has been voided, only the store that holds it knows. */
  | "statement.voiding.unknown"
  /** indeterminate: The proof names no verification method that could be looked for. */
  | "key.blocked"
  /** passed: The verification method was found. */
  | "key.found"
  /** failed: The verification method is not a URL with a fragment. */
  | "key.method.url"
  /** indeterminate: The issuer's document is needed to know its keys. */
  | "key.document.needed"
  /** indeterminate: The issuer's document could not be obtained. */
  | "key.document.unavailable"
  /** indeterminate: The issuer's document could not be read. */
  | "key.document.invalid"
  /** indeterminate: The document obtained is that of another identifier. */
  | "key.document.id"
  /** failed: The document of the controller does not have this verification method. */
  | "key.notListed"
  /** failed: Two verification methods have the same id. */
  | "key.ambiguous"
  /** failed: The verification method is not a conforming one. */
  | "key.method.invalid"
  /** failed: The verification method names another controller than the document it stands in. */
  | "key.controller"
  /** failed: The key is not encoded as its standard demands. */
  | "key.encoding"
  /** failed: The key is weak: anyone can make signatures that it accepts. */
  | "key.weak"
  /** failed: The private key was published with the key. */
  | "key.private"
  /** failed: The key is of another kind than the suite uses. */
  | "key.type"
  /** indeterminate: Keys of this kind are not supported. */
  | "key.unsupported"
  /** failed: The header's certificates are no X.509 certificates in DER. */
  | "key.certificate.invalid"
  /** failed: The signer's certificate is not the one that the header gives the digest of. */
  | "key.certificate.digest"
  /** failed: The header names two different keys. */
  | "key.conflict"
  /** indeterminate: Keys of this kind are not part of this build. */
  | "key.notBuilt"
  /** failed: The identifier is not a well-formed DID of its method. */
  | "did.syntax"
  /** indeterminate: This DID method has no address of its own: its document must be supplied. */
  | "did.method.unsupported"
  /** passed: The key may be used for this purpose. */
  | "key.authorized"
  /** failed: The controller does not authorise the key for this purpose. */
  | "key.relationship"
  /** passed: The key is in force. */
  | "key.current"
  /** failed: The key has been revoked. */
  | "key.revoked"
  /** failed: The key has expired. */
  | "key.expired"
  /** failed: The key's `revoked` or `expires` is no date and time. */
  | "key.dates"
  /** passed: The key belongs to the issuer. */
  | "issuer.bound"
  /** failed: The key does not belong to the issuer: somebody else signed. */
  | "issuer.notBound"
  /** indeterminate: Whether the key belongs to the issuer could not be found out. */
  | "issuer.bindingUnknown"
  /** passed: The record stands where its issuer's profile answers for it. */
  | "issuer.hosted.inScope"
  /** failed: The record, or a part of it, stands where its issuer's profile does not answer for it. */
  | "issuer.hosted.outOfScope"
  /** indeterminate: Whether its issuer answers for what stands at the record's address could not be found out. */
  | "issuer.hosted.unknown"
  /** indeterminate: The certificates lead to no authority that the policy knows. */
  | "issuer.certificate.noAnchor"
  /** indeterminate: The certificate leads to a known authority but does not name the issuer's identifier. */
  | "issuer.certificate.notNamed"
  /** failed: A certificate on the way to the authority breaks a rule. */
  | "issuer.certificate.path"
  /** indeterminate: A certificate demands something that is not evaluated here. */
  | "issuer.certificate.notUnderstood"
  /** passed: The validity period has begun. */
  | "validity.begun"
  /** notApplicable: The record does not say since when it is valid. */
  | "validity.noBeginning"
  /** notApplicable: What the holder shows does not say since when the record is valid. */
  | "validity.from.notShown"
  /** failed: The record is not valid yet. */
  | "validity.notYet"
  /** indeterminate: Since when the record is valid cannot be read. */
  | "validity.from.unknown"
  /** passed: The validity period has not ended. */
  | "validity.lasts"
  /** notApplicable: The record does not expire. */
  | "validity.noEnd"
  /** notApplicable: What the holder shows does not say until when the record is valid. */
  | "validity.until.notShown"
  /** failed: The record has expired. */
  | "validity.expired"
  /** indeterminate: Until when the record is valid cannot be read. */
  | "validity.until.unknown"
  /** notApplicable: The record names no status list. */
  | "status.none"
  /** notApplicable: What the holder shows names no status list. */
  | "status.notShown"
  /** indeterminate: The record names no status list, which the policy demands: it may have been withdrawn. */
  | "status.missing"
  /** indeterminate: The record has a status that the policy does not want looked up. */
  | "status.notEvaluated"
  /** passed: The status is not set. */
  | "status.unset"
  /** passed: The issuer offers a newer version of the record. */
  | "status.refresh"
  /** passed: The issuer has a message about the record, which makes it neither valid nor invalid. */
  | "status.message"
  /** failed: The issuer has revoked the record. */
  | "status.revoked"
  /** failed: The issuer's server says that the record is gone: it has been revoked. */
  | "status.gone"
  /** passed: The issuer still publishes the record, and does not call it revoked. */
  | "status.hosted"
  /** failed: The issuer has suspended the record. */
  | "status.suspended"
  /** indeterminate: A status is set that has no meaning here. */
  | "status.purposeUnknown"
  /** indeterminate: The status was not looked up, because it is not known whether the record is the issuer's. */
  | "status.blocked"
  /** indeterminate: The record has a status of a kind that is not known here: it may have been revoked. */
  | "status.typeUnknown"
  /** indeterminate: A member of the status entry is missing or is not what it must be. */
  | "status.entry.malformed"
  /** indeterminate: The index into the status list is not written as an index is. */
  | "status.index"
  /** indeterminate: The index is beyond the end of the status list. */
  | "status.index.range"
  /** indeterminate: The number of bits of a status is impossible, or the list has another. */
  | "status.size"
  /** indeterminate: The address of the status list is not one of https. */
  | "status.list.location"
  /** indeterminate: The status list is needed. */
  | "status.list.needed"
  /** indeterminate: The status list could not be obtained. */
  | "status.list.unavailable"
  /** indeterminate: What was obtained cannot be read as a status list. */
  | "status.list.unreadable"
  /** indeterminate: The status list is not authentic. */
  | "status.list.notAuthentic"
  /** indeterminate: It could not be found out whether the status list is good. */
  | "status.list.undecided"
  /** indeterminate: The status list is not valid yet. */
  | "status.list.notYetValid"
  /** indeterminate: The status list is no longer valid. */
  | "status.list.expired"
  /** indeterminate: The status list was obtained longer ago than the policy allows, or it is not known when. */
  | "status.list.stale"
  /** indeterminate: What was obtained is no status list of the kind that the entry means. */
  | "status.list.type"
  /** indeterminate: The status list is of another issuer, whom the policy does not name for it. */
  | "status.list.issuer"
  /** indeterminate: The status list does not say that it is the one at this address. */
  | "status.list.mismatch"
  /** indeterminate: The status list is not for the purpose of the entry. */
  | "status.list.purpose"
  /** indeterminate: The status list has a status of its own, which is not looked up. */
  | "status.list.nested"
  /** indeterminate: A member of the status list is missing or is not what it must be. */
  | "status.list.malformed"
  /** indeterminate: The statuses in the list cannot be unpacked. */
  | "status.list.encoding"
  /** indeterminate: Too complex: the status list is larger than the limit. */
  | "limits.statusList"
  /** indeterminate: Too complex: there are more status lists than the limit. */
  | "limits.statusLists"
  /** passed: The status list bears the identifier that the entry names. */
  | "status.listId.same"
  /** indeterminate: The status list bears another identifier than the entry names: it may be another list of the issuer. */
  | "status.listId.other"
  /** passed: The status list is long enough to hide who is asked about. */
  | "status.listLength.enough"
  /** indeterminate: The status list is shorter than the policy wants: who fetches it tells whom they ask about. */
  | "status.listLength.short"
  /** notApplicable: The status list does not say how long it stays fresh. */
  | "status.listFreshness.unstated"
  /** passed: The status list is fresh. */
  | "status.listFreshness.fresh"
  /** indeterminate: The status list should be fetched anew. */
  | "status.listFreshness.over"
  /** indeterminate: It is not known when the status list was obtained. */
  | "status.listFreshness.unknown"
  /** notApplicable: The holder could not choose what to show. */
  | "withheld.notSelective"
  /** passed: The holder chose what to show, and shows what limits the record in time. */
  | "withheld.nothing"
  /** indeterminate: The holder chose what to show: dates or a status that limit the record may have been left out. */
  | "withheld.possible"
  /** notApplicable: The record names no schema. */
  | "schema.none"
  /** indeterminate: The record names a schema that this version does not evaluate. */
  | "schema.notEvaluated"
  /** indeterminate: Schemas are not part of this build. */
  | "schema.notBuilt"
  /** passed: The record follows its schema. */
  | "schema.followed"
  /** failed: The record does not follow its schema. */
  | "schema.violated"
  /** indeterminate: What the holder shows does not follow the schema; with what was left out it may. */
  | "schema.withheld"
  /** failed: The schema is not the one whose digest the record gives. */
  | "schema.digest"
  /** indeterminate: The digest that the record gives for its schema cannot be read. */
  | "schema.digest.unknown"
  /** indeterminate: Schemas are only asked for once it is known who made the record. */
  | "schema.blocked"
  /** indeterminate: The schema, or one that it refers to, is not known here and was not supplied. */
  | "schema.needed"
  /** indeterminate: The schema, or one that it refers to, could not be obtained. */
  | "schema.unavailable"
  /** indeterminate: What was supplied as schema is not strict JSON. */
  | "schema.unreadable"
  /** indeterminate: A keyword of the schema has a value that its draft forbids. */
  | "schema.malformed"
  /** indeterminate: The schema does not say which draft it is written in, or one that is not supported. */
  | "schema.draft"
  /** indeterminate: The schema does not say that it is the one that the record names. */
  | "schema.id"
  /** indeterminate: A reference in the schema leads nowhere, or to several places. */
  | "schema.reference"
  /** indeterminate: The schema refers back to itself without end. */
  | "schema.loop"
  /** indeterminate: A pattern of the schema cannot be matched in linear time, or is none. */
  | "schema.pattern"
  /** indeterminate: Too complex: the schema takes more work than the limit. */
  | "schema.tooComplex"
  /** indeterminate: What was supplied is not a credential with a JSON Schema in it. */
  | "schema.credential"
  /** indeterminate: The credential that the schema is in is not verified. */
  | "schema.credential.notVerified"
  /** notApplicable: The record gives no digest of a resource. */
  | "linkedResource.none"
  /** notApplicable: The resource is a context of the record: its digest selects the bytes that are used. */
  | "linkedResource.context"
  /** passed: The resource is the one that the issuer meant. */
  | "linkedResource.matches"
  /** failed: The resource is not the one that the issuer meant: it has another digest. */
  | "linkedResource.differs"
  /** indeterminate: The resource is needed. */
  | "linkedResource.needed"
  /** indeterminate: The resource was not looked at, because it is not known whether the record is the issuer's. */
  | "linkedResource.blocked"
  /** indeterminate: The resource could not be obtained. */
  | "linkedResource.unavailable"
  /** indeterminate: A digest stands at an object that names no resource. */
  | "linkedResource.unnamed"
  /** indeterminate: The resource is in a data: URL that is malformed. */
  | "linkedResource.unreadable"
  /** indeterminate: A digest is made in a way that is not known here. */
  | "linkedResource.algorithm"
  /** indeterminate: A digest is not whole, or not written as digests are. */
  | "linkedResource.malformed"
  /** indeterminate: Too complex: the record gives more digests of resources than the limit. */
  | "limits.linkedResources"
  /** notApplicable: The type of the record has no address at which it would be described. */
  | "typeMetadata.none"
  /** indeterminate: The description of the type, or of one that it extends, has not been looked up. */
  | "typeMetadata.needed"
  /** indeterminate: The description of the type was not looked up, because it is not known whether the record is the issuer's. */
  | "typeMetadata.blocked"
  /** indeterminate: The description of the type, or of one that it extends, could not be obtained. */
  | "typeMetadata.unavailable"
  /** indeterminate: What was obtained is no description of a type. */
  | "typeMetadata.unreadable"
  /** indeterminate: What was obtained describes another type. */
  | "typeMetadata.other"
  /** failed: The description of the type is not the one whose digest was given. */
  | "typeMetadata.digest"
  /** indeterminate: The digest that was given for the description of the type cannot be read. */
  | "typeMetadata.digest.unknown"
  /** indeterminate: The type extends itself, or more types one behind the other than the limit. */
  | "typeMetadata.loop"
  /** passed: The description of the type is the one that the issuer meant. */
  | "typeMetadata.matches"
  /** passed: The type is described; no digest says that this is the description that the issuer meant. */
  | "typeMetadata.found"
  /** passed: It follows the rules of Open Badges 3.0. */
  | "profile.openBadges.followed"
  /** failed: The subject has neither id nor identifier: a bearer badge, about anybody. */
  | "profile.openBadges.subject"
  /** failed: A member that Open Badges 3.0 requires is missing. */
  | "profile.openBadges.missing"
  /** failed: An object lacks the type that Open Badges 3.0 requires of it. */
  | "profile.openBadges.type"
  /** failed: A value is outside of what Open Badges 3.0 or the badge itself allows. */
  | "profile.openBadges.value"
  /** failed: The contexts are not those that Open Badges 3.0 requires. */
  | "profile.openBadges.context"
  /** failed: A result refers to a description or level that the achievement does not have. */
  | "profile.openBadges.result"
  /** failed: The proof of a badge must have the purpose assertionMethod. */
  | "profile.openBadges.purpose"
  /** failed: An endorsement is about something else than what it hangs on. */
  | "profile.openBadges.endorsement"
  /** failed: An endorsement was made by the issuer or the recipient. */
  | "profile.openBadges.selfEndorsement"
  /** passed: It follows the rules of CLR 2.0. */
  | "profile.clr.followed"
  /** failed: A member that CLR 2.0 requires is missing. */
  | "profile.clr.missing"
  /** failed: An object lacks the type that CLR 2.0 requires of it. */
  | "profile.clr.type"
  /** failed: A value is outside of what CLR 2.0 allows. */
  | "profile.clr.value"
  /** failed: The contexts are not those that CLR 2.0 requires: of the data model, of CLR, of Open Badges. */
  | "profile.clr.context"
  /** failed: A credential inside has no context of its own, and is read with that of the record. */
  | "profile.clr.contextInherited"
  /** failed: The subject has neither id nor identifier: a record about anybody. */
  | "profile.clr.subject"
  /** failed: A credential inside is about somebody else than the record. */
  | "profile.clr.otherSubject"
  /** failed: An association is with an achievement that the record does not have. */
  | "profile.clr.association"
  /** failed: Associations go in a circle: something would come before itself, or be part of itself. */
  | "profile.clr.association.circular"
  /** passed: It follows the rules of European Digital Credentials. */
  | "profile.elm.followed"
  /** failed: The context of the European Learning Model is missing: its terms could mean anything. */
  | "profile.elm.context"
  /** failed: A member that European Digital Credentials require is missing. */
  | "profile.elm.missing"
  /** failed: An object lacks the type that European Digital Credentials require of it. */
  | "profile.elm.type"
  /** passed: The issuer says to have made the achievement itself. */
  | "achievement.creator.issuer"
  /** passed: The achievement is described at a place of the issuer's. */
  | "achievement.creator.sameHost"
  /** indeterminate: Somebody else is said to have made the achievement: that this issuer may award it was not looked into. */
  | "achievement.creator.other"
  /** indeterminate: The achievement has an identifier at a place that is not known to be the issuer's: anyone can use any identifier. */
  | "achievement.creator.otherHost"
  /** notApplicable: Nothing says who made the achievement. */
  | "achievement.creator.notNamed"
  /** passed: The record is about the expected person. */
  | "recipient.matches"
  /** notApplicable: No recipient was expected. */
  | "recipient.notExpected"
  /** failed: The record is about somebody else. */
  | "recipient.differs"
  /** indeterminate: Only an MD5 hash fits the expected person, which can be made to fit others. */
  | "recipient.matchesLegacy"
  /** indeterminate: The record is nearly about the expected person: in another spelling, or hashed in another way than the standard says. */
  | "recipient.nearly"
  /** indeterminate: An identifier of the expected kind cannot be compared. */
  | "recipient.notComparable"
  /** indeterminate: The record does not say whom it is about in a way that can be compared. */
  | "recipient.notStated"
  /** passed: The holder of the key that the issuer named presented it. */
  | "keyBinding.good"
  /** notApplicable: No key binding was expected, and there is none. */
  | "keyBinding.notExpected"
  /** notApplicable: The holder of the key presented it at an earlier time, and no presentation was expected now. */
  | "keyBinding.earlier"
  /** failed: A presentation by its holder was expected, and the key binding is missing. */
  | "keyBinding.missing"
  /** failed: The key binding is not a well-formed one. */
  | "keyBinding.malformed"
  /** failed: The issuer named no key that a key binding could be made with. */
  | "keyBinding.noKey"
  /** indeterminate: The key that the issuer named could not be found. */
  | "keyBinding.keyUnknown"
  /** indeterminate: The key binding is signed in a way, or demands an extension, that is not supported. */
  | "keyBinding.unsupported"
  /** failed: The signature of the key binding does not fit the key that the issuer named. */
  | "keyBinding.signature"
  /** failed: The key binding was made for another token, or for other disclosures. */
  | "keyBinding.otherToken"
  /** failed: The key binding was not made just now. */
  | "keyBinding.time"
  /** passed: The presentation was made by the expected holder. */
  | "holder.matches"
  /** notApplicable: No holder was expected. */
  | "holder.notExpected"
  /** failed: The holder is somebody else. */
  | "holder.differs"
  /** indeterminate: The holder cannot be told. */
  | "holder.notStated"
  /** passed: Whom it is about presents it. */
  | "presenter.isSubject"
  /** failed: Somebody else presents it than whom it is about. */
  | "presenter.isOther"
  /** indeterminate: Who presents it is not known. */
  | "presenter.unknown"
  /** indeterminate: It does not say whom it is about in a way that can be compared with its presenter. */
  | "presenter.subjectUnnamed"
  /** passed: The record in the résumé names the person whose résumé it is. */
  | "lerRs.person.matches"
  /** failed: The record in the résumé names somebody else than the person whose résumé it is. */
  | "lerRs.person.differs"
  /** indeterminate: Whether the record in the résumé is about the person whose résumé it is cannot be told: they name nothing that can be compared. */
  | "lerRs.person.unknown"
  /** indeterminate: Only somebody to ask or a place to look is given, and no record: nothing was verified. */
  | "lerRs.verification.contact"
  /** passed: The issuer is one whom the policy accepts. */
  | "issuer.accepted"
  /** skipped: No issuer was demanded: anyone could have made this. */
  | "issuer.anyone"
  /** failed: The issuer is none of those whom the policy accepts. */
  | "issuer.notAccepted"
  /** indeterminate: Whether the issuer is accepted could not be found out. */
  | "issuer.unknown"
  /** passed: A registry lists the issuer under the name that it gives itself. */
  | "issuer.name.registered"
  /** notApplicable: The issuer gives itself no name. */
  | "issuer.name.none"
  /** notApplicable: The issuer's name is its own word, and the policy names no registry. */
  | "issuer.name.claimed"
  /** indeterminate: A registry lists the issuer under another name than it gives itself. */
  | "issuer.name.other"
  /** indeterminate: The issuer's name is its own word: no registry that was asked lists it. */
  | "issuer.name.notRegistered"
  /** failed: A registry lists another issuer under this name. */
  | "issuer.name.taken"
  /** failed: The issuer's name looks like one under which a registry lists another issuer. */
  | "issuer.name.looksLike"
  /** failed: The issuer's name has characters that are not seen, or letters of several scripts in one word. */
  | "issuer.name.misleading"
  /** passed: The presentation holds records. */
  | "embedded.some"
  /** indeterminate: The presentation holds no record: it says who presents, and nothing else. */
  | "embedded.none"
  /** passed: The record inside is verified. */
  | "embedded.verified"
  /** failed: A record inside is not verified. */
  | "embedded.notVerified"
  /** indeterminate: Whether a record inside is verified could not be found out. */
  | "embedded.indeterminate"
  /** passed: The endorsement is verified. */
  | "endorsement.verified"
  /** failed: An endorsement is not verified. */
  | "endorsement.notVerified"
  /** indeterminate: Whether an endorsement is verified could not be found out. */
  | "endorsement.indeterminate"
  /** notApplicable: The endorsement stands alone. */
  | "endorsement.alone"
  /** passed: The endorsement is about what it hangs on. */
  | "endorsement.about"
  /** failed: The endorsement is about something else than what it hangs on. */
  | "endorsement.aboutOther"
  /** indeterminate: What the endorsement hangs on has no identifier, so it cannot be told whether it is about that. */
  | "endorsement.aboutUnnamed"
  /** failed: What stands where an endorsement should is none. */
  | "endorsement.type"
  /** passed: The endorsement was made by others than the issuer, the recipient and what is endorsed. */
  | "endorsement.byOther"
  /** failed: The endorsement was made by the issuer, the recipient or what is endorsed. */
  | "endorsement.bySelf"
  /** indeterminate: The endorsement does not say who made it. */
  | "endorsement.byUnknown"
  /** notApplicable: The record names no place for newer versions. */
  | "refresh.none"
  /** passed: The record names a place where a newer version may be found. */
  | "refresh.named"
  /** notApplicable: The record names no place for newer versions. */
  | "newerVersion.notNamed"
  /** notApplicable: Of a newer version no newer one is looked for. */
  | "newerVersion.notFollowed"
  /** passed: What the issuer offers as the newest version is not newer. */
  | "newerVersion.none"
  /** failed: The issuer has made a newer version of the record. */
  | "newerVersion.exists"
  /** failed: The version that the issuer offers as the newest has been revoked. */
  | "newerVersion.revoked"
  /** indeterminate: Whether there is a newer version has not been looked up. */
  | "newerVersion.needed"
  /** indeterminate: No newer version was looked for, because it is not known whether the record is the issuer's. */
  | "newerVersion.blocked"
  /** indeterminate: The place for newer versions does not answer. */
  | "newerVersion.unavailable"
  /** indeterminate: The place for newer versions is of a kind that is not known here, or has no https address. */
  | "newerVersion.service"
  /** indeterminate: In the place for newer versions there is another record, or one of another issuer. */
  | "newerVersion.other"
  /** indeterminate: What was found in the place for newer versions is not authentic. */
  | "newerVersion.notAuthentic"
  /** indeterminate: It could not be found out whether what was found is a newer version. */
  | "newerVersion.undecided"
  /** indeterminate: Too complex: there are more places for newer versions than the limit. */
  | "limits.newerVersions"
  /** indeterminate: Too complex: the document is larger than the limit. */
  | "limits.bytes"
  /** indeterminate: Too complex: the image has more parts than the limit. */
  | "limits.image"
  /** indeterminate: Too complex: the document is nested more deeply than the limit. */
  | "limits.depth"
  /** indeterminate: Too complex: the document has more values than the limit. */
  | "limits.values"
  /** indeterminate: Too complex: the document has more contexts than the limit. */
  | "limits.contexts"
  /** indeterminate: Too complex: processing the contexts defines more terms than the limit. */
  | "limits.terms"
  /** indeterminate: Too complex: the document has more statements than the limit. */
  | "limits.quads"
  /** indeterminate: Too complex: the document has more unnamed nodes than the limit. */
  | "limits.blankNodes"
  /** indeterminate: Too complex: naming the unnamed nodes takes more work than the limit. */
  | "limits.canonicalization"
  /** indeterminate: Too complex: there are more disclosures than the limit. */
  | "limits.disclosures"
  /** indeterminate: Too complex: the document has more proofs than the limit. */
  | "limits.proofs"
  /** indeterminate: Too complex: there are more certificates than the limit. */
  | "limits.certificates"
  /** indeterminate: Too complex: there are more signatures than the limit. */
  | "limits.signatures"
  /** indeterminate: Too complex: the header of the token is larger than the limit. */
  | "limits.header"
  /** indeterminate: Too complex: a signature is about more statements than the limit. */
  | "limits.messages"
  /** indeterminate: Too complex: there are more records inside, or more deeply nested, than the limit. */
  | "limits.embedded"
  /** failed: The policy switched off a check that protects against forgery. */
  | "policy.danger.skipped";
