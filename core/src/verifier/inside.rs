//! The worklist: documents and texts, the records inside a record, and endorsements that came with it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use super::Verifier;
#[cfg(feature = "formats")]
use super::gather::Gathered;
use super::part::Part;
use crate::carrier::image::Image;
use crate::carrier::media_type::MediaType;
use crate::checks::endorsement::{self, Endorsed, Hangs};
use crate::codes::{Code, Finding};
use crate::document::{self, DataModel, Detected, Family};
use crate::json::{Kind, Value};
use crate::limits;
use crate::occasion::Occasion;
use crate::report::Relation;
use crate::securing::open;

/// A document that is verified.
#[derive(Debug, Default)]
pub(super) struct Job {
    /// How it stands in another; the whole input does not.
    pub(super) stands: Option<Stands>,
    /// Where it stands there.
    pub(super) pointer: String,
    pub(super) depth: usize,
    /// Of an endorsement: what it hangs on.
    pub(super) endorsed: Option<Endorsed>,
    /// Whether its bytes are not those that stand in the other, but what was found at an address.
    pub(super) fetched: bool,
    pub(super) part: Part,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    /// The index of the job of the other.
    pub(super) parent: usize,
    pub(super) relation: Relation,
}

/// Bytes that have yet to be read.
#[derive(Clone)]
pub(super) struct Unopened {
    pub(super) job: usize,
    pub(super) bytes: Arc<[u8]>,
    /// What they are said to be.
    pub(super) media_type: Option<MediaType>,
    /// What is to be said of the object whose `data:` URL they were, or of the image.
    pub(super) outside: Vec<Finding>,
    /// The address at which they were found, of a record that was shown as nothing else.
    #[cfg(feature = "formats")]
    pub(super) found_at: Option<String>,
    /// What came of gathering the record in them, if its parts were elsewhere.
    #[cfg(feature = "formats")]
    pub(super) gathered: Option<Gathered>,
    /// The image that they were baked into.
    pub(super) image: Option<Image>,
}

impl Unopened {
    pub(super) fn of(job: usize, bytes: &[u8]) -> Self {
        Unopened {
            job,
            bytes: bytes.into(),
            media_type: None,
            outside: Vec::new(),
            image: None,
            #[cfg(feature = "formats")]
            found_at: None,
            #[cfg(feature = "formats")]
            gathered: None,
        }
    }

    /// Whether they are what was found at an address.
    pub(super) fn is_fetched(&self) -> bool {
        #[cfg(feature = "formats")]
        let fetched = self.found_at.is_some() || self.gathered.as_ref().is_some_and(Gathered::is_copy);
        #[cfg(not(feature = "formats"))]
        let fetched = false;
        fetched
    }
}

/// The two ends of the worklist: values of the text that is being read, and texts that have yet to be.
pub(super) struct Queue<'q, 't> {
    pub(super) jobs: &'q mut Vec<Job>,
    pub(super) pending: &'q mut VecDeque<(usize, Value<'t>)>,
    pub(super) unopened: &'q mut VecDeque<Unopened>,
}

impl Queue<'_, '_> {
    pub(super) fn push(
        &mut self,
        parent: usize,
        relation: Relation,
        pointer: String,
        endorsed: Option<Endorsed>,
    ) -> usize {
        let depth = self.jobs.get(parent).map_or(0, |job| job.depth.saturating_add(1));
        let stands = Some(Stands { parent, relation });
        self.jobs.push(Job { stands, pointer, depth, endorsed, ..Job::default() });
        self.jobs.len().saturating_sub(1)
    }
}

impl Verifier {
    /// Puts into the worklist what stands in the record of the job `parent` and, if that is the whole input, the
    /// endorsements that came with it.
    ///
    /// # Errors
    /// The limit that was reached; what is beyond it is not looked at.
    pub(super) fn inside<'t>(
        &self,
        root: Value<'t>,
        detected: &Detected,
        parent: usize,
        queue: &mut Queue<'_, 't>,
        occasion: &Occasion,
    ) -> Result<(), Finding> {
        let mut interested = None;
        let mut interested =
            || Arc::clone(interested.get_or_insert_with(|| endorsement::interested(root, detected)));
        self.enqueue(document::embedded(root, detected), parent, queue, Some(&mut interested))?;
        if parent != 0 || occasion.endorsements.is_empty() {
            return Ok(());
        }
        let hangs = Hangs::Beside(endorsement::objects(root));
        for text in &occasion.endorsements {
            self.room(parent, queue.jobs)?;
            let endorsed = Endorsed { hangs: hangs.clone(), interested: interested() };
            // Where in the record it belongs is known when it has been read.
            let index = queue.push(parent, Relation::Endorsement, root.pointer(), Some(endorsed));
            queue.unopened.push_back(Unopened::of(index, text.as_bytes()));
        }
        Ok(())
    }

    /// Puts documents into the worklist; `interested` says who has an interest in an endorsement of the record.
    ///
    /// # Errors
    /// The limit that was reached; what is beyond it is not looked at.
    pub(super) fn enqueue<'t>(
        &self,
        children: Vec<(Value<'t>, Relation)>,
        parent: usize,
        queue: &mut Queue<'_, 't>,
        mut interested: Option<&mut dyn FnMut() -> Arc<BTreeSet<String>>>,
    ) -> Result<(), Finding> {
        for (child, relation) in children {
            self.room(parent, queue.jobs)?;
            let interested = interested.as_mut().filter(|_| relation == Relation::Endorsement);
            let endorsed = interested.map(|interested| Endorsed {
                hangs: Hangs::In(endorsement::hangs_in(child)),
                interested: interested(),
            });
            let index = queue.push(parent, relation, child.pointer(), endorsed);
            match (child.kind(), open::token(child)) {
                // Its parts are elsewhere, so it becomes another text.
                (Kind::Object, _)
                    if crate::formats::of_record(child).is_some_and(crate::formats::Format::is_hosted) =>
                {
                    queue.unopened.push_back(Unopened::of(index, child.to_text().as_bytes()));
                }
                (Kind::Object, _) => queue.pending.push_back((index, child)),
                (_, Ok(bytes)) => queue.unopened.push_back(Unopened::of(index, bytes)),
                (_, Err(finding)) => self.give_up(queue.jobs, index, [finding]),
            }
        }
        Ok(())
    }

    /// Whether one more document may be put into the record of the job `parent`.
    pub(super) fn room(&self, parent: usize, jobs: &[Job]) -> Result<(), Finding> {
        let limits = &self.policy.limits;
        let depth = jobs.get(parent).map_or(0, |job| job.depth);
        if depth >= limits.embedded_depth {
            Err(limits::reached(Code::LimitEmbedded, limits.embedded_depth))
        } else if jobs.len() > limits.embedded {
            Err(limits::reached(Code::LimitEmbedded, limits.embedded))
        } else {
            Ok(())
        }
    }

    /// Whether an endorsement is about what it hangs on, and who made it. Where it came with the record, the place in that
    /// to which it belongs.
    pub(super) fn endorsement(
        &self,
        root: Value<'_>,
        detected: &Detected,
        endorsed: Option<&Endorsed>,
        part: &mut Part,
    ) -> Option<String> {
        let Some(endorsed) = endorsed else {
            if detected.family == Family::Endorsement {
                part.push(&self.policy, Finding::new(Code::EndorsementAlone));
            }
            return None;
        };
        let (place, findings) = endorsement::check(root, endorsed);
        // One that is about something else makes the host fetch nothing.
        part.mute |= findings.iter().any(|finding| finding.code == Code::EndorsementAboutOther);
        part.push_all(&self.policy, findings);
        place
    }
}

/// A document that is not what stands here, or not what its media type says.
pub(super) fn misplaced(
    root: Value<'_>,
    detected: &Detected,
    stands: Option<Stands>,
    media_type: Option<MediaType>,
) -> Option<Finding> {
    let said = media_type.is_some_and(|said| {
        said.presentation != detected.presentation || said.sd_jwt_vc && detected.model != DataModel::SdJwtVc
    });
    let code = match (said, stands) {
        (true, _) => Code::EnvelopeContent,
        // Presentations hold credentials, and so do subjects and endorsements.
        (false, Some(_)) if detected.presentation => Code::DocumentType,
        (false, _) => return None,
    };
    Some(Finding::at(code, root.pointer()))
}
