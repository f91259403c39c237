// The code table: variant, code, check, outcome, title, spec (URL with fragment), problem type.
codes! {
    // document.format, document.json
    FormatRecognised "format.recognised" DocumentFormat Passed "The format is recognised.", "https://www.w3.org/TR/vc-data-model-2.0/#securing-mechanisms";
    FormatNotRecognised "format.notRecognised" DocumentFormat Indeterminate "This is no format that the library verifies.", "https://www.w3.org/TR/vc-data-model-2.0/#securing-mechanisms", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonOk "json.ok" DocumentJson Passed "The document is strict JSON.", "https://www.rfc-editor.org/rfc/rfc7493#section-2";
    JsonSyntax "json.syntax" DocumentJson Failed "The text is not JSON.", "https://www.rfc-editor.org/rfc/rfc8259#section-2", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonUtf8 "json.utf8" DocumentJson Failed "The text is not UTF-8.", "https://www.rfc-editor.org/rfc/rfc8259#section-8.1", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonBom "json.bom" DocumentJson Failed "The text begins with a byte order mark.", "https://www.rfc-editor.org/rfc/rfc8259#section-8.1", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonDuplicateKey "json.duplicateKey" DocumentJson Failed "An object has the same key twice, so two readers may read two records.", "https://www.rfc-editor.org/rfc/rfc7493#section-2.3", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonSurrogate "json.surrogate" DocumentJson Failed "A string has half of a surrogate pair.", "https://www.rfc-editor.org/rfc/rfc7493#section-2.1", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonTrailing "json.trailing" DocumentJson Failed "Something follows the JSON value: a file holds exactly one record.", "https://www.rfc-editor.org/rfc/rfc8259#section-2", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonNumberRange "json.numberRange" DocumentJson Failed "A number cannot be represented without being changed.", "https://www.rfc-editor.org/rfc/rfc7493#section-2.2", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";
    JsonShape "json.shape" DocumentJson Failed "The document is not a JSON object.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof", "https://www.w3.org/TR/vc-data-model#PARSING_ERROR";

    // document.conformance
    DocumentConforms "document.conforms" DocumentConformance Passed "It is a conforming document of its data model.", "https://www.w3.org/TR/vc-data-model-2.0/#conformance";
    DocumentMemberMissing "document.member.missing" DocumentConformance Failed "A required member is missing.", "https://www.w3.org/TR/vc-data-model-2.0/#verification", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentMemberType "document.member.type" DocumentConformance Failed "A member has a value of the wrong JSON type.", "https://www.w3.org/TR/vc-data-model-2.0/#verification", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentMemberValue "document.member.value" DocumentConformance Failed "A member has a value that its standard forbids.", "https://www.w3.org/TR/vc-data-model-2.0/#verification", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentMemberForbidden "document.member.forbidden" DocumentConformance Failed "A member stands where its standard forbids it.", "https://www.w3.org/TR/vc-data-model-2.0/#verification", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentContextOrder "document.context.order" DocumentConformance Failed "The first context is not that of the data model.", "https://www.w3.org/TR/vc-data-model-2.0/#contexts", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentUrl "document.url" DocumentConformance Failed "An identifier is not an absolute URL.", "https://www.w3.org/TR/vc-data-model-2.0/#identifiers", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentDate "document.date" DocumentConformance Failed "A date is not a valid date and time.", "https://www.w3.org/TR/vc-data-model-2.0/#representing-time", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentDateOrder "document.date.order" DocumentConformance Failed "The validity period ends before it begins.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period", "https://www.w3.org/TR/vc-data-model#RANGE_ERROR";
    DocumentType "document.type" DocumentConformance Failed "The types required of this document are not there.", "https://www.w3.org/TR/vc-data-model-2.0/#types", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    DocumentEmpty "document.emptyMember" DocumentEmptyMembers Failed "A member is null or an empty array: it says nothing, and nothing of it is signed.", "https://www.w3.org/TR/json-ld11-api/#expansion-algorithm";

    // contexts
    ContextsOk "context.ok" ContextsAvailable Passed "Every context is known and its bytes are pinned.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextUnknown "context.unknown" ContextsAvailable Indeterminate "A context is not known here and was not supplied.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextUnavailable "context.unavailable" ContextsAvailable Indeterminate "A context could not be obtained.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextUnreadable "context.unreadable" ContextsAvailable Indeterminate "A supplied context is not a JSON-LD context.", "https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm";
    ContextDigest "context.digest" ContextsAvailable Indeterminate "A supplied context does not have the pinned digest.", "https://www.w3.org/TR/vc-data-integrity/#resource-integrity";
    ContextInlineRefused "context.inline.refused" ContextsAvailable Indeterminate "The document brings a context of its own, and the policy does not allow that.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextRedefinesReserved "context.redefinesReserved" ContextsAvailable Failed "A context that is not pinned gives a reserved term another meaning, or a reserved property another name.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextForbiddenKeyword "context.forbiddenKeyword" ContextsAvailable Indeterminate "A context that is not pinned uses @vocab, @base or @import.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextInvalid "context.invalid" ContextsAvailable Failed "The contexts cannot be processed together.", "https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm", "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR";
    ContextInvalidUnpinned "context.invalid.unpinned" ContextsAvailable Indeterminate "The contexts cannot be processed together, and one of them is not pinned.", "https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm", "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR";
    ContextVersionNewest "context.version.newest" ContextsVersion Passed "The signature fits the newest version of every context.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextVersionDated "context.version.dated" ContextsVersion Passed "The signature fits an older version of a context that was later edited in place.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextsAllUsed "context.allUsed" ContextsUnused Passed "Every context contributes.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    ContextUnused "context.unused" ContextsUnused Failed "A context contributes nothing to what is signed; anyone could have added it.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";

    // jsonld
    JsonldOk "jsonld.lossless.ok" JsonldLossless Passed "Everything in the document is covered by the canonical form.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly";
    JsonldUndefinedTerm "jsonld.term.undefined" JsonldLossless Failed "No context defines this term, so the signature does not cover it.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldUndefinedTermUnpinned "jsonld.term.undefinedUnpinned" JsonldLossless Indeterminate "No context defines this term, but one of them is known to be edited in place.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldDroppedValue "jsonld.value.dropped" JsonldLossless Failed "JSON-LD drops this value, so the signature does not cover it.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldIri "jsonld.iri" JsonldLossless Failed "This is not an absolute IRI that can be signed.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldLanguage "jsonld.language" JsonldLossless Failed "The language tag is not well-formed.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldKeywordLike "jsonld.keywordLike" JsonldLossless Failed "A key looks like a keyword; JSON-LD ignores it.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldBlankId "jsonld.blankId" JsonldLossless Failed "An identifier is a blank node label, which is not signed.", "https://www.w3.org/TR/vc-data-model-2.0/#identifiers", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldNumber "jsonld.number" JsonldLossless Failed "An integer is beyond ±(2^53−1): readers do not agree on what it is.", "https://www.w3.org/TR/json-ld11-api/#data-round-tripping", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldInvalid "jsonld.invalid" JsonldLossless Failed "JSON-LD does not allow this.", "https://www.w3.org/TR/json-ld11-api/#expansion-algorithm", "https://w3id.org/security#PROOF_TRANSFORMATION_ERROR";
    JsonldLosslessUnpinned "jsonld.lossless.unpinned" JsonldLossless Indeterminate "Something is not covered by the signature under a context that is not pinned.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://w3id.org/security#DATA_LOSS_DETECTION_ERROR";
    JsonldReads "jsonld.reads.ok" JsonldReadsAsSigned Passed "The JSON reads as it is signed.", "https://www.w3.org/TR/vc-data-model-2.0/#syntactic-sugar";
    JsonldNotCompact "jsonld.notCompact" JsonldReadsAsSigned Failed "A key is not a term of the context: the JSON reads otherwise than it is signed.", "https://www.w3.org/TR/vc-data-model-2.0/#json-ld", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldKeyword "jsonld.keyword" JsonldReadsAsSigned Failed "A JSON-LD keyword stands where credentials do not use one.", "https://www.w3.org/TR/vc-data-model-2.0/#json-ld", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldAlias "jsonld.alias" JsonldReadsAsSigned Failed "Another name than id or type stands for @id or @type.", "https://www.w3.org/TR/vc-data-model-2.0/#json-ld", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldTypeIri "jsonld.type.iri" JsonldReadsAsSigned Failed "A type is written as an IRI although it has a term.", "https://www.w3.org/TR/vc-data-model-2.0/#types", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldLiteralForm "jsonld.literal.form" JsonldReadsAsSigned Failed "A value is written as another JSON type than the one it is signed as.", "https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldRespelled "jsonld.term.respelled" JsonldReadsAsSigned Failed "A reserved property is written with another term than its own, or a reserved term means something else.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldReadsUnpinned "jsonld.reads.unpinned" JsonldReadsAsSigned Indeterminate "The JSON reads otherwise than it is signed under a context that is not pinned.", "https://www.w3.org/TR/vc-data-integrity/#validating-contexts";
    JsonldInPlace "jsonld.positions.ok" JsonldPositions Passed "Every property of the credential stands at the credential.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly";
    JsonldDisplaced "jsonld.property.displaced" JsonldPositions Failed "A property of the credential stands on another object with the same id: the signature cannot tell, a reader can.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly", "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR";
    JsonldPositionsUnpinned "jsonld.positions.unpinned" JsonldPositions Indeterminate "A property stands where no credential is, under a context that is not pinned.", "https://www.w3.org/TR/vc-data-integrity/#securing-data-losslessly";
    JsonldNodesSeparate "jsonld.nodes.separate" JsonldNodes Passed "Every node is described in one place.", "https://www.w3.org/TR/json-ld11/#node-objects";
    JsonldNodeMerged "jsonld.node.merged" JsonldNodes Failed "Several objects describe one node: the signature does not say which of them says what.", "https://www.w3.org/TR/json-ld11/#node-objects";
    JsonldIrisOrdinary "jsonld.iris.ordinary" JsonldIris Passed "All IRIs are ordinary.", "https://www.rfc-editor.org/rfc/rfc3987#section-2.2";
    JsonldOddIri "jsonld.iri.odd" JsonldIris Failed "An IRI can be signed but is not well-formed.", "https://www.rfc-editor.org/rfc/rfc3987#section-2.2";

    // securing, proofs
    SecuringPresent "securing.present" SecuringPresent Passed "The document is secured.", "https://www.w3.org/TR/vc-data-model-2.0/#securing-mechanisms";
    SecuringMissing "securing.missing" SecuringPresent Failed "Nothing secures this document: anyone could have written it.", "https://www.w3.org/TR/vc-data-model-2.0/#securing-mechanisms", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
    SecuringUnsignedPresentation "securing.unsignedPresentation" SecuringPresent NotApplicable "The presentation is not signed: it is a bundle, and says nothing about who presents it.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations";
    SecuringPresentationUnsigned "securing.presentation.unsigned" SecuringPresent Failed "The presentation is not signed although a challenge, a domain or a holder is expected.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
    SecuringNotBuilt "feature.notBuilt" SecuringPresent Indeterminate "How this record is secured is not part of this build.", "https://www.w3.org/TR/vc-data-model-2.0/#securing-mechanisms";
    ProofsSatisfied "securing.proofs.satisfied" SecuringProofs Passed "The proofs satisfy the policy.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains";
    ProofsFailed "securing.proofs.failed" SecuringProofs Failed "A proof that the policy counts is wrong.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
    ProofsUndecided "securing.proofs.undecided" SecuringProofs Indeterminate "No proof of the issuer could be verified, and none is wrong.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains";
    ProofWellFormed "proof.wellFormed" ProofStructure Passed "The proof is well-formed.", "https://www.w3.org/TR/vc-data-integrity/#proofs";
    ProofMalformed "proof.malformed" ProofStructure Failed "A member of the proof is missing or has the wrong type.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofSuiteKnown "proof.suite.known" ProofSuite Passed "The suite is known and accepted.", "https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites";
    ProofSuitePreStandard "proof.suite.preStandard" ProofSuite Passed "The suite goes by a name from before its standard.", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022";
    ProofSuiteUnsupported "proof.suite.unsupported" ProofSuite Indeterminate "The suite is not supported.", "https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites";
    ProofSuiteNotAccepted "proof.suite.notAccepted" ProofSuite Indeterminate "The policy does not accept this suite.", "https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites";
    ProofPurposeOk "proof.purpose.ok" ProofPurpose Passed "The proof was made for this purpose.", "https://www.w3.org/TR/vc-data-integrity/#proof-purpose-validation";
    ProofPurposeWrong "proof.purpose.wrong" ProofPurpose Failed "The proof was made for another purpose.", "https://www.w3.org/TR/vc-data-integrity/#proof-purpose-validation", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofCreatedOk "proof.created.ok" ProofCreated Passed "The proof says it was made in the past.", "https://www.w3.org/TR/vc-data-integrity/#proofs";
    ProofCreatedAbsent "proof.created.absent" ProofCreated NotApplicable "The proof does not say when it was made.", "https://www.w3.org/TR/vc-data-integrity/#proofs";
    ProofCreatedFuture "proof.created.future" ProofCreated Failed "The proof says it was made in the future.", "https://www.w3.org/TR/vc-data-integrity/#proofs", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofCreatedFormat "proof.created.format" ProofCreated Failed "The instant at which the proof was made is no date and time.", "https://www.w3.org/TR/vc-data-integrity/#proofs", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofExpiresOk "proof.expires.ok" ProofExpires Passed "The proof is in force.", "https://www.w3.org/TR/vc-data-integrity/#proofs";
    ProofExpiresAbsent "proof.expires.absent" ProofExpires NotApplicable "The proof does not expire.", "https://www.w3.org/TR/vc-data-integrity/#proofs";
    ProofExpired "proof.expired" ProofExpires Failed "The proof has expired.", "https://www.w3.org/TR/vc-data-integrity/#proofs", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofExpiresFormat "proof.expires.format" ProofExpires Failed "The instant at which the proof expires is no date and time.", "https://www.w3.org/TR/vc-data-integrity/#proofs", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofDomainOk "proof.domain.ok" ProofDomain Passed "The proof was made for the expected domain.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof";
    ProofDomainNotExpected "proof.domain.notExpected" ProofDomain NotApplicable "No domain was expected.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof";
    ProofDomainWrong "proof.domain.wrong" ProofDomain Failed "The proof was made for another domain.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof", "https://w3id.org/security#INVALID_DOMAIN_ERROR";
    ProofChallengeOk "proof.challenge.ok" ProofChallenge Passed "The proof answers the expected challenge.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof";
    ProofChallengeNotExpected "proof.challenge.notExpected" ProofChallenge NotApplicable "No challenge was expected, so a replay would not be noticed.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof";
    ProofChallengeWrong "proof.challenge.wrong" ProofChallenge Failed "The proof answers another challenge.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof", "https://w3id.org/security#INVALID_CHALLENGE_ERROR";
    ProofChainOk "proof.chain.ok" ProofChain Passed "The proofs it builds on are present and good.", "https://www.w3.org/TR/vc-data-integrity/#proof-chains";
    ProofChainNone "proof.chain.none" ProofChain NotApplicable "The proof builds on no other.", "https://www.w3.org/TR/vc-data-integrity/#proof-chains";
    ProofChainMissing "proof.chain.missing" ProofChain Failed "A proof that it builds on is not there.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofChainCycle "proof.chain.cycle" ProofChain Failed "The proofs build on each other in a circle.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofChainAmbiguous "proof.chain.ambiguous" ProofChain Failed "Two proofs have the same id.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofChainBroken "proof.chain.broken" ProofChain Failed "A proof that it builds on is wrong.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    ProofChainUndecided "proof.chain.undecided" ProofChain Indeterminate "A proof that it builds on could not be verified.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains";
    SignatureGood "proof.signature.good" ProofSignature Passed "The signature is good for exactly this content.", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022";
    SignatureInvalid "proof.signature.invalid" ProofSignature Failed "The signature does not fit: the content was changed, or another key made it.", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    SignatureEncoding "proof.signature.encoding" ProofSignature Failed "The signature is not encoded as its suite demands.", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    SignatureContext "proof.signature.context" ProofSignature Failed "The document's contexts do not begin with those of the proof.", "https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022", "https://w3id.org/security#PROOF_VERIFICATION_ERROR";
    SignatureBlocked "check.blocked" ProofSignature Indeterminate "Could not be checked, because another check failed.", "https://www.w3.org/TR/vc-data-integrity/#verify-proof";
    ProofOtherIgnored "proof.other.ignored" ProofOther Indeterminate "A further proof does not count, because its suite is not supported or not accepted.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";
    ProofOtherWrong "proof.other.wrong" ProofOther Failed "A further proof is wrong, and the policy does not count it.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";
    ProofOtherUndecided "proof.other.undecided" ProofOther Indeterminate "Whether a further proof is good could not be found out, and the policy does not count it.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";
    ProofCosignature "proof.other.cosignature" ProofOther Passed "A further proof is good and was made by somebody other than the issuer.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";

    // keys, issuer binding
    KeyBlocked "key.blocked" KeyResolved Indeterminate "The proof names no verification method that could be looked for.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method";
    KeyFound "key.found" KeyResolved Passed "The verification method was found.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method";
    KeyMethodUrl "key.method.url" KeyResolved Failed "The verification method is not a URL with a fragment.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_VERIFICATION_METHOD_URL";
    KeyDocumentNeeded "key.document.needed" KeyResolved Indeterminate "The issuer's document is needed to know its keys.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method";
    KeyDocumentUnavailable "key.document.unavailable" KeyResolved Indeterminate "The issuer's document could not be obtained.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method";
    KeyDocumentInvalid "key.document.invalid" KeyResolved Indeterminate "The issuer's document could not be read.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT";
    KeyDocumentId "key.document.id" KeyResolved Indeterminate "The document obtained is that of another identifier.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID";
    KeyNotListed "key.notListed" KeyResolved Failed "The document of the controller does not have this verification method.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyAmbiguous "key.ambiguous" KeyResolved Failed "Two verification methods have the same id.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyMethodInvalid "key.method.invalid" KeyResolved Failed "The verification method is not a conforming one.", "https://www.w3.org/TR/cid-1.0/#verification-methods", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyController "key.controller" KeyResolved Failed "The verification method names another controller than the document it stands in.", "https://www.w3.org/TR/cid-1.0/#retrieve-verification-method", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyEncoding "key.encoding" KeyResolved Failed "The key is not encoded as its standard demands.", "https://www.w3.org/TR/cid-1.0/#Multikey", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyWeak "key.weak" KeyResolved Failed "The key is weak: anyone can make signatures that it accepts.", "https://www.w3.org/TR/cid-1.0/#Multikey", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyPrivate "key.private" KeyResolved Failed "The private key was published with the key.", "https://www.w3.org/TR/cid-1.0/#JsonWebKey", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyType "key.type" KeyResolved Failed "The key is of another kind than the suite uses.", "https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyUnsupported "key.unsupported" KeyResolved Indeterminate "Keys of this kind are not supported.", "https://www.w3.org/TR/cid-1.0/#verification-methods";
    DidSyntax "did.syntax" KeyResolved Failed "The identifier is not a well-formed DID of its method.", "https://www.w3.org/TR/did-1.0/#did-syntax", "https://w3id.org/security#INVALID_VERIFICATION_METHOD_URL";
    DidMethodUnsupported "did.method.unsupported" KeyResolved Indeterminate "This DID method has no address of its own: its document must be supplied.", "https://www.w3.org/TR/did-1.0/#did-resolution";
    KeyMay "key.authorized" KeyAuthorized Passed "The key may be used for this purpose.", "https://www.w3.org/TR/cid-1.0/#verification-relationships";
    KeyRelationship "key.relationship" KeyAuthorized Failed "The controller does not authorise the key for this purpose.", "https://www.w3.org/TR/cid-1.0/#verification-relationships", "https://w3id.org/security#INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD";
    KeyInForce "key.current" KeyCurrent Passed "The key is in force.", "https://www.w3.org/TR/cid-1.0/#verification-methods";
    KeyRevoked "key.revoked" KeyCurrent Failed "The key has been revoked.", "https://www.w3.org/TR/cid-1.0/#verification-methods", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyExpired "key.expired" KeyCurrent Failed "The key has expired.", "https://www.w3.org/TR/cid-1.0/#verification-methods", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    KeyDates "key.dates" KeyCurrent Failed "The key's `revoked` or `expires` is no date and time.", "https://www.w3.org/TR/cid-1.0/#verification-methods", "https://w3id.org/security#INVALID_VERIFICATION_METHOD";
    IssuerIsBound "issuer.bound" IssuerBound Passed "The key belongs to the issuer.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";
    IssuerNotBound "issuer.notBound" IssuerBound Failed "The key does not belong to the issuer: somebody else signed.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer", "https://www.w3.org/TR/vc-data-model#CRYPTOGRAPHIC_SECURITY_ERROR";
    IssuerBindingUnknown "issuer.bindingUnknown" IssuerBound Indeterminate "Whether the key belongs to the issuer could not be found out.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";

    // validity, status, schema, profile
    ValidityBegun "validity.begun" ValidityFrom Passed "The validity period has begun.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    ValidityNoBeginning "validity.noBeginning" ValidityFrom NotApplicable "The record does not say since when it is valid.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    ValidityNotYet "validity.notYet" ValidityFrom Failed "The record is not valid yet.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period", "https://www.w3.org/TR/vc-data-model#RANGE_ERROR";
    ValidityFromUnknown "validity.from.unknown" ValidityFrom Indeterminate "Since when the record is valid cannot be read.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    ValidityLasts "validity.lasts" ValidityUntil Passed "The validity period has not ended.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    ValidityNoEnd "validity.noEnd" ValidityUntil NotApplicable "The record does not expire.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    ValidityExpired "validity.expired" ValidityUntil Failed "The record has expired.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period", "https://www.w3.org/TR/vc-data-model#RANGE_ERROR";
    ValidityUntilUnknown "validity.until.unknown" ValidityUntil Indeterminate "Until when the record is valid cannot be read.", "https://www.w3.org/TR/vc-data-model-2.0/#validity-period";
    StatusNone "status.none" StatusEntry NotApplicable "The record names no status list.", "https://www.w3.org/TR/vc-data-model-2.0/#status";
    StatusNotEvaluated "status.notEvaluated" StatusEntry Indeterminate "The record has a status that this version does not look up: it may have been revoked.", "https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm", "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR";
    SchemaNone "schema.none" Schema NotApplicable "The record names no schema.", "https://www.w3.org/TR/vc-data-model-2.0/#data-schemas";
    SchemaNotEvaluated "schema.notEvaluated" Schema Indeterminate "The record names a schema that this version does not evaluate.", "https://www.w3.org/TR/vc-data-model-2.0/#data-schemas";
    ProfileOpenBadgesFollowed "profile.openBadges.followed" ProfileOpenBadges Passed "It follows the rules of Open Badges 3.0.", "https://www.imsglobal.org/spec/ob/v3p0/#data-model";
    ProfileOpenBadgesSubject "profile.openBadges.subject" ProfileOpenBadges Failed "The subject has neither id nor identifier: a bearer badge, about anybody.", "https://www.imsglobal.org/spec/ob/v3p0/#achievementsubject";
    ProfileOpenBadgesMissing "profile.openBadges.missing" ProfileOpenBadges Failed "A member that Open Badges 3.0 requires is missing.", "https://www.imsglobal.org/spec/ob/v3p0/#data-model";
    ProfileOpenBadgesType "profile.openBadges.type" ProfileOpenBadges Failed "An object lacks the type that Open Badges 3.0 requires of it.", "https://www.imsglobal.org/spec/ob/v3p0/#data-model";
    ProfileOpenBadgesValue "profile.openBadges.value" ProfileOpenBadges Failed "A value is outside of what Open Badges 3.0 or the badge itself allows.", "https://www.imsglobal.org/spec/ob/v3p0/#data-model";
    ProfileOpenBadgesContext "profile.openBadges.context" ProfileOpenBadges Failed "The contexts are not those that Open Badges 3.0 requires.", "https://www.imsglobal.org/spec/ob/v3p0/#context";
    ProfileOpenBadgesResult "profile.openBadges.result" ProfileOpenBadges Failed "A result refers to a description or level that the achievement does not have.", "https://www.imsglobal.org/spec/ob/v3p0/#result";
    ProfileOpenBadgesPurpose "profile.openBadges.purpose" ProfileOpenBadges Failed "The proof of a badge must have the purpose assertionMethod.", "https://www.imsglobal.org/spec/ob/v3p0/#proof";
    ProfileOpenBadgesEndorsement "profile.openBadges.endorsement" ProfileOpenBadges Failed "An endorsement is about something else than what it hangs on.", "https://www.imsglobal.org/spec/ob/v3p0/#endorsementsubject";
    ProfileOpenBadgesSelfEndorsement "profile.openBadges.selfEndorsement" ProfileOpenBadges Failed "An endorsement was made by the issuer or the recipient.", "https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential";

    // recipient, holder, issuer
    RecipientMatches "recipient.matches" Recipient Passed "The record is about the expected person.", "https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification";
    RecipientNotExpected "recipient.notExpected" Recipient NotApplicable "No recipient was expected.", "https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification";
    RecipientDiffers "recipient.differs" Recipient Failed "The record is about somebody else.", "https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification";
    RecipientNotStated "recipient.notStated" Recipient Indeterminate "The record does not say whom it is about in a way that can be compared.", "https://www.imsglobal.org/spec/ob/v3p0/#recipient-verification";
    HolderMatches "holder.matches" Holder Passed "The presentation was made by the expected holder.", "https://www.w3.org/TR/vc-data-model-2.0/#presentations";
    HolderNotExpected "holder.notExpected" Holder NotApplicable "No holder was expected.", "https://www.w3.org/TR/vc-data-model-2.0/#presentations";
    HolderDiffers "holder.differs" Holder Failed "The holder is somebody else.", "https://www.w3.org/TR/vc-data-model-2.0/#presentations";
    HolderNotStated "holder.notStated" Holder Indeterminate "The holder cannot be told.", "https://www.w3.org/TR/vc-data-model-2.0/#presentations";
    IssuerListed "issuer.accepted" IssuerAccepted Passed "The issuer is one whom the policy accepts.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";
    IssuerAnyone "issuer.anyone" IssuerAccepted Skipped "No issuer was demanded: anyone could have made this.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";
    IssuerNotAccepted "issuer.notAccepted" IssuerAccepted Failed "The issuer is none of those whom the policy accepts.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";
    IssuerUnknown "issuer.unknown" IssuerAccepted Indeterminate "Whether the issuer is accepted could not be found out.", "https://www.w3.org/TR/vc-data-model-2.0/#issuer";

    // embedded, refresh, limits, policy
    EmbeddedVerified "embedded.verified" EmbeddedVerdict Passed "The record inside is verified.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations";
    EmbeddedNotVerified "embedded.notVerified" EmbeddedVerdict Failed "A record inside is not verified.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations";
    EmbeddedIndeterminate "embedded.indeterminate" EmbeddedVerdict Indeterminate "Whether a record inside is verified could not be found out.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations";
    EndorsementVerified "endorsement.verified" EmbeddedEndorsement Passed "The endorsement is verified.", "https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential";
    EndorsementNotVerified "endorsement.notVerified" EmbeddedEndorsement Failed "An endorsement is not verified.", "https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential";
    EndorsementIndeterminate "endorsement.indeterminate" EmbeddedEndorsement Indeterminate "Whether an endorsement is verified could not be found out.", "https://www.imsglobal.org/spec/ob/v3p0/#endorsementcredential";
    RefreshNone "refresh.none" Refresh NotApplicable "The record names no place for newer versions.", "https://www.w3.org/TR/vc-data-model-2.0/#refreshing";
    RefreshNamed "refresh.named" Refresh Passed "The record names a place where a newer version may be found.", "https://www.w3.org/TR/vc-data-model-2.0/#refreshing";
    LimitBytes "limits.bytes" Limits Indeterminate "Too complex: the document is larger than the limit.", "https://www.rfc-editor.org/rfc/rfc8259#section-9";
    LimitDepth "limits.depth" Limits Indeterminate "Too complex: the document is nested more deeply than the limit.", "https://www.rfc-editor.org/rfc/rfc8259#section-9";
    LimitValues "limits.values" Limits Indeterminate "Too complex: the document has more values than the limit.", "https://www.rfc-editor.org/rfc/rfc8259#section-9";
    LimitContexts "limits.contexts" Limits Indeterminate "Too complex: the document has more contexts than the limit.", "https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm";
    LimitTerms "limits.terms" Limits Indeterminate "Too complex: processing the contexts defines more terms than the limit.", "https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm";
    LimitQuads "limits.quads" Limits Indeterminate "Too complex: the document has more statements than the limit.", "https://www.w3.org/TR/rdf-canon/#dataset-poisoning";
    LimitBlankNodes "limits.blankNodes" Limits Indeterminate "Too complex: the document has more unnamed nodes than the limit.", "https://www.w3.org/TR/rdf-canon/#dataset-poisoning";
    LimitCanonicalization "limits.canonicalization" Limits Indeterminate "Too complex: naming the unnamed nodes takes more work than the limit.", "https://www.w3.org/TR/rdf-canon/#dataset-poisoning";
    LimitProofs "limits.proofs" Limits Indeterminate "Too complex: the document has more proofs than the limit.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";
    LimitSignatures "limits.signatures" Limits Indeterminate "Too complex: there are more signatures than the limit.", "https://www.w3.org/TR/vc-data-integrity/#proof-sets";
    LimitEmbedded "limits.embedded" Limits Indeterminate "Too complex: there are more records inside, or more deeply nested, than the limit.", "https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations";
    DangerSkipped "policy.danger.skipped" PolicyDanger Failed "The policy switched off a check that protects against forgery.", "https://www.w3.org/TR/vc-data-model-2.0/#verification";
}
