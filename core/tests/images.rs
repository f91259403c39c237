//! Records baked into images (Open Badges 3.0 §5.3, Open Badges 2.0 "baking"): what stands in an image is verified as if
//! it had been the input, and what two readers could read as two records is refused. threats.md O19-O26.
#![cfg(all(feature = "images", feature = "jose", feature = "sd-jwt"))]
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a test reads files

#[path = "support/images.rs"]
mod images;
mod support;
#[path = "support/tokens.rs"]
mod tokens;

use images::{CLR, OB2, OB3, SVG, attribute, cdata, chunk, file, idat, iend, ihdr, itxt, itxt_compressed};
use images::{png, svg, text, ztxt};
use ler_verify::codes::Detail;
use ler_verify::{
    CheckId, Code, Issuers, Outcome, Policy, Report, Resource, ResourceKind, Resources, Verdict, Verifier,
};
use serde_json::Value;
use tokens::{codes, has, issuer, occasion, vcdm2};

fn verify(bytes: &[u8]) -> Report {
    let policy = Policy::accepting(Issuers::Anyone);
    Verifier::new(policy).unwrap().verify(bytes, &Resources::new(), &occasion())
}

fn token() -> String {
    issuer().token(serde_json::json!({"typ": "vc+jwt"}), &vcdm2())
}

fn own(name: &str) -> Vec<u8> {
    std::fs::read(support::fixtures::own().join("credentials").join(name)).unwrap()
}

/// A detail of the check that answers with this code.
fn detail(report: &Report, code: Code, name: &str) -> Option<String> {
    let check = report.checks().iter().find(|check| check.code == code)?;
    Some(match check.details.get(name)? {
        Detail::Text(text) => text.clone(),
        Detail::Number(number) => number.to_string(),
        Detail::Texts(texts) => texts.join(" "),
    })
}

/// The image gives the report of what is in it, but for its own two checks, its name and the digest of the input.
fn assert_same(image: &[u8], inside: &[u8], carrier: &str, unusual: &[Code]) {
    let (baked, bare) = (verify(image), verify(inside));
    assert!(has(&baked, Code::ImageOk), "{carrier}: {}", baked.to_json());
    let usual = [Code::ImageConventional];
    let expected = if unusual.is_empty() { &usual[..] } else { unusual };
    assert_eq!(codes(&baked, CheckId::ImageConventions), expected, "{carrier}");
    let plain = |report: &Report| {
        let mut json: Value = serde_json::from_str(&report.to_json()).unwrap();
        json["inputDigest"] = Value::Null;
        if let Some(format) = json.get_mut("format") {
            format["carrier"] = Value::Null;
        }
        let checks = json["checks"].as_array_mut().unwrap();
        checks.retain(|check| {
            !["document.image", "image.conventions"].contains(&check["id"].as_str().unwrap())
        });
        json
    };
    assert_eq!(plain(&baked), plain(&bare), "{carrier}");
    assert_eq!(baked.format().map(|format| format.carrier), Some(carrier));
}

#[test]
fn what_is_in_an_image_is_verified_as_if_it_were_the_input() {
    let (json, token, sd_jwt) = (own("ob3-small.json"), token(), own("sd-jwt-by-hand.sd-jwt"));
    let jws_json = {
        let parts: Vec<&str> = token.split('.').collect();
        format!(r#"{{"payload":"{}","protected":"{}","signature":"{}"}}"#, parts[1], parts[0], parts[2])
    };
    for (name, inside) in [
        ("json", &json[..]),
        ("jws", token.as_bytes()),
        ("sdJwt", &sd_jwt[..]),
        ("jwsJson", jws_json.as_bytes()),
    ] {
        let image = png(&[itxt("openbadgecredential", inside)]);
        assert_same(&image, inside, &format!("png+{name}"), &[]);
        let inside_text = std::str::from_utf8(inside).unwrap();
        let image = svg(&cdata(inside_text));
        assert_same(image.as_bytes(), inside, &format!("svg+{name}"), &[]);
    }
    assert_same(svg(&attribute(&token)).as_bytes(), token.as_bytes(), "svg+jws", &[]);
    let report = verify(&png(&[itxt("openbadgecredential", token.as_bytes())]));
    assert!(matches!(report.verdict(), Verdict::Verified(_)), "{}", report.to_json());
}

#[test]
fn every_keyword_in_every_kind_of_text() {
    let token = token();
    let inside = token.as_bytes();
    for keyword in ["openbadgecredential", "clrcredential", "openbadges"] {
        let compressed = &[Code::ImageCompressed][..];
        for (chunk, unusual) in [
            (itxt(keyword, inside), &[][..]),
            (itxt_compressed(keyword, inside), compressed),
            (text(keyword, inside), &[Code::ImageChunk]),
            (ztxt(keyword, inside), &[Code::ImageCompressed, Code::ImageChunk]),
        ] {
            assert_same(&png(std::slice::from_ref(&chunk)), inside, "png+jws", unusual);
            // Behind the pixels as well as before them.
            assert_same(&file(&[ihdr(), idat(), chunk, iend()]), inside, "png+jws", unusual);
        }
    }
    assert_eq!(
        detail(&verify(&png(&[ztxt("openbadges", inside)])), Code::ImageChunk, "value").unwrap(),
        "zTXt"
    );
}

/// threats.md O22: what was signed is what was written, and nothing is guessed about what is written otherwise.
#[test]
fn letters_beyond_ascii() {
    let mut credential = vcdm2();
    credential["credentialSubject"]["name"] = "Zoë ☃ 𝄞".into();
    let payload = credential.to_string();
    let token = issuer().sign(
        &serde_json::json!({"alg": "EdDSA", "kid": issuer().kid(), "typ": "vc+jwt"}).to_string(),
        &payload,
    );
    for image in [png(&[itxt("openbadgecredential", token.as_bytes())]), svg(&attribute(&token)).into_bytes()]
    {
        let report = verify(&image);
        let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
        assert!(secured.document().contains("Zoë ☃ 𝄞"));
    }
    // JSON itself has them too: it reaches the proof byte by byte.
    let json = String::from_utf8(own("ob3-small.json")).unwrap().replacen("\"name\":", "\"näme\":", 1);
    assert!(!json.is_ascii());
    assert_same(&png(&[itxt("openbadgecredential", json.as_bytes())]), json.as_bytes(), "png+json", &[]);
    assert_same(
        &png(&[itxt_compressed("openbadgecredential", json.as_bytes())]),
        json.as_bytes(),
        "png+json",
        &[Code::ImageCompressed],
    );
    assert_same(svg(&cdata(&json)).as_bytes(), json.as_bytes(), "svg+json", &[]);
    for chunk in [
        text("openbadges", json.as_bytes()),
        ztxt("openbadges", json.as_bytes()),
        text("openbadges", b"{\"\xE4\": 1}"),
    ] {
        let report = verify(&png(&[chunk]));
        assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::ImageEncoding]);
        assert!(matches!(report.verdict(), Verdict::Indeterminate));
    }
    for chunk in [itxt("openbadges", b"{\"\xE4\": 1}"), itxt_compressed("openbadges", b"{\"\xE4\": 1}")] {
        assert_refused(&png(&[chunk]), Code::ImageText, "utf8");
    }
}

fn assert_refused(image: &[u8], code: Code, reason: &str) {
    let report = verify(image);
    assert!(has(&report, code), "{reason}: {}", report.to_json());
    assert_eq!(detail(&report, code, "reason").as_deref(), Some(reason));
    assert_eq!(report.checks().len(), 1, "{reason}");
    assert!(report.format().is_none() && report.requests().is_empty(), "{reason}");
    match code.outcome() {
        Outcome::Failed => assert!(matches!(report.verdict(), Verdict::NotVerified), "{reason}"),
        _ => assert!(matches!(report.verdict(), Verdict::Indeterminate), "{reason}"),
    }
}

/// threats.md O21, O26.
#[test]
fn what_is_wrong_with_a_png() {
    let token = token();
    let badge = itxt("openbadgecredential", token.as_bytes());
    let good = png(std::slice::from_ref(&badge));
    assert!(has(&verify(&good), Code::ImageOk));
    let damaged = |mut chunk: Vec<u8>| {
        let last = chunk.len() - 1;
        chunk[last] ^= 1;
        chunk
    };
    let long = |length: u32| {
        [&length.to_be_bytes()[..], b"iTXt", b"openbadges\0\0\0\0\0", token.as_bytes()].concat()
    };
    let structure = Code::ImageStructure;
    for (reason, code, image) in [
        ("truncated", structure, file(&[])),
        ("truncated", structure, file(&[ihdr()])),
        ("truncated", structure, file(&[ihdr(), badge.clone(), idat()])),
        ("truncated", structure, good[..good.len() - 1].to_vec()),
        ("truncated", structure, file(&[ihdr(), long(0x7FFF_FFFF)])),
        ("length", structure, file(&[ihdr(), long(0x8000_0000)])),
        ("length", structure, file(&[ihdr(), long(u32::MAX)])),
        ("chunkType", structure, png(&[chunk(b"iT\0t", b""), badge.clone()])),
        ("header", structure, file(&[badge.clone(), ihdr(), idat(), iend()])),
        ("header", structure, file(&[badge.clone(), idat(), iend()])),
        ("header", structure, png(&[ihdr(), badge.clone()])),
        ("header", structure, file(&[chunk(b"IHDR", &[0; 12]), badge.clone(), idat(), iend()])),
        ("noPixels", structure, file(&[ihdr(), badge.clone(), iend()])),
        ("afterEnd", structure, [&good[..], b"\n"].concat()),
        ("afterEnd", structure, [&good[..], b"<html><script>"].concat()),
        ("afterEnd", structure, [&good[..], &badge[..]].concat()),
        ("afterEnd", structure, [&good[..], &good[..]].concat()),
        ("checksum", Code::ImageChecksum, png(&[damaged(badge.clone())])),
        ("checksum", Code::ImageChecksum, png(&[damaged(text("Software", b"x")), badge.clone()])),
        ("checksum", Code::ImageChecksum, file(&[damaged(ihdr()), badge.clone(), idat(), iend()])),
        ("fields", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges")])),
        ("fields", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges\0\0\0en")])),
        ("fields", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges\0\0\0en\0no end")])),
        ("fields", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges\0\x02\0\0\0{}")])),
        ("fields", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges\0\x01\x01\0\0{}")])),
        ("fields", Code::ImageText, png(&[chunk(b"zTXt", b"openbadges\0\x01{}")])),
        ("fields", Code::ImageText, png(&[chunk(b"zTXt", b"openbadges\0")])),
        ("compression", Code::ImageText, png(&[chunk(b"iTXt", b"openbadges\0\x01\0\0\0{}")])),
        ("compression", Code::ImageText, png(&[chunk(b"zTXt", b"openbadges\0\0{}")])),
        (
            "compression",
            Code::ImageText,
            png(&[chunk(b"zTXt", &[b"openbadges\0\0", &images::zlib(b"{}")[..], b"x"].concat())]),
        ),
    ] {
        assert_refused(&image, code, reason);
    }
    // Where it is, for those who mend it.
    let report = verify(&png(&[damaged(badge)]));
    assert_eq!(detail(&report, Code::ImageChecksum, "offset").unwrap(), (8 + ihdr().len()).to_string());
}

/// The checksum of pixels says nothing about the record, and an animated image is one (PNG 3rd edition §4.9).
#[test]
fn pixels_are_not_looked_at() {
    let badge = itxt("openbadgecredential", token().as_bytes());
    let mut pixels = idat();
    let last = pixels.len() - 1;
    pixels[last] ^= 1;
    let animated = [
        chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]),
        chunk(b"fcTL", &[0; 26]),
        badge.clone(),
        idat(),
        chunk(b"fdAT", &[0, 0, 0, 2, 1]),
    ];
    for image in [file(&[ihdr(), badge.clone(), pixels, iend()]), file(&[ihdr(), animated.concat(), iend()])]
    {
        assert!(matches!(verify(&image).verdict(), Verdict::Verified(_)));
    }
}

/// threats.md O19.
#[test]
fn two_records_in_a_png() {
    let token = token();
    let texts = |keyword: &str| {
        [
            itxt(keyword, token.as_bytes()),
            itxt_compressed(keyword, token.as_bytes()),
            text(keyword, b"https://a.example"),
            ztxt(keyword, b"{}"),
        ]
    };
    for first in texts("openbadgecredential") {
        for second in
            ["openbadgecredential", "clrcredential", "openbadges"].iter().flat_map(|keyword| texts(keyword))
        {
            assert_refused(&png(&[first.clone(), second.clone()]), Code::ImageMultiple, "chunks");
            assert_refused(
                &file(&[ihdr(), second, idat(), first.clone(), iend()]),
                Code::ImageMultiple,
                "chunks",
            );
        }
    }
}

#[test]
fn an_image_without_a_record() {
    let token = token();
    let token = token.as_bytes();
    for image in [
        png(&[]),
        png(&[text("Software", token), itxt("OpenBadges", token), itxt("openbadges ", token), itxt("openbadge", token)]),
        // The same in a chunk that is no text.
        png(&[chunk(b"oTXt", b"openbadges\0{}")]),
        png(&[itxt("openbadges", b"")]),
        png(&[text("openbadgecredential", b" \n")]),
        svg("").into_bytes(),
        svg("<b:credential/>").into_bytes(),
        svg("<b:credential verify=\"\"/>").into_bytes(),
        svg("<b:credential> <!-- {} --> </b:credential>").into_bytes(),
        // Another namespace, however the prefix reads, and another name.
        svg("<o:credential xmlns:o=\"https://purl.imsglobal.org/ob/v3p0/\">{}</o:credential>").into_bytes(),
        svg("<credential verify=\"a.b.c\"/>").into_bytes(),
        svg("<openbadges:credential xmlns:openbadges=\"http://www.w3.org/2000/svg\">{}</openbadges:credential>").into_bytes(),
        svg("<b:assertion verify=\"a.b.c\"/><g><!-- <b:credential>{}</b:credential> --></g>").into_bytes(),
        svg("<script><![CDATA[<b:credential>{}</b:credential>]]></script>").into_bytes(),
    ] {
        let report = verify(&image);
        assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::ImageEmpty], "{}", String::from_utf8_lossy(&image));
        assert!(matches!(report.verdict(), Verdict::Indeterminate) && report.checks().len() == 1);
    }
}

#[test]
fn every_way_to_write_the_element_of_a_svg() {
    let token = token();
    let inside = token.as_bytes();
    let (start, end) = token.split_at(40);
    let place = &[Code::ImagePlace][..];
    for (image, unusual) in [
        (svg(&attribute(&token)), &[][..]),
        (svg(&format!("<b:credential verify='{token}'></b:credential>")), &[]),
        (svg(&format!("<b:credential>\n {token}\n </b:credential>")), &[]),
        (svg(&cdata(&token)), &[]),
        // One text, however it is cut.
        (svg(&format!("<b:credential><![CDATA[{start}]]><!-- x --><?x y?>{end}</b:credential>")), &[]),
        (svg(&format!("<b:credential><![CDATA[{start}]]><![CDATA[{end}]]></b:credential>")), &[]),
        (svg(&format!("<b:credential>&#x65;&#121;{}</b:credential>", &token[2..])), &[]),
        (svg(&format!("<b:credential verify=\"&#101;&#x79;{}\"/>", &token[2..])), &[]),
        // The namespace counts, wherever it is declared and whatever its prefix is.
        (svg(&format!("<credential xmlns=\"{OB3}\" verify=\"{token}\"/>")), &[]),
        (svg(&format!("<svg:credential xmlns:svg=\"{OB3}\" verify=\"{token}\"/>")), &[]),
        (svg(&format!("<b:credential xmlns:b=\"{CLR}\" verify=\"{token}\"/>")), &[]),
        (svg(&format!("<b:assertion xmlns:b=\"{OB2}\" verify=\"{token}\"/>")), &[]),
        (format!("<s:svg xmlns:s=\"{SVG}\" xmlns=\"{CLR}\"><credential verify=\"{token}\"/></s:svg>"), &[]),
        // Elsewhere than first, at any depth.
        (svg(&format!("<title>Badge</title>{}", attribute(&token))), place),
        (svg(&format!("<metadata><x>{}</x></metadata>", cdata(&token))), place),
        (svg(&attribute(&token)).replace("<path d=\"M0 0\"/>", "").replace("<g></g>", "<script>throw 1 &lt; 2</script>"), &[]),
        // A copy is how Open Badges 2 bakes; it is said that nobody looks at it.
        (svg(&format!("<b:assertion xmlns:b=\"{OB2}\" verify=\"{token}\"><![CDATA[{{}}]]></b:assertion>")), &[Code::ImageCopy]),
        // The beginning of a file.
        (format!("\u{FEFF}{}", svg(&attribute(&token))), &[]),
        (svg(&attribute(&token)).replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", ""), &[]),
        (svg(&attribute(&token)).replace("UTF-8", "utf-8"), &[]),
        (svg(&attribute(&token)).replace(" encoding=\"UTF-8\"", " standalone=\"no\""), &[]),
        (svg(&attribute(&token)).replace("<svg", "<!-- > --><?x <?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg"), &[]),
    ] {
        assert_same(image.as_bytes(), inside, "svg+jws", unusual);
    }
    // What XML escapes in JSON is what was written.
    let json = String::from_utf8(own("ob3-small.json")).unwrap();
    let escaped = json.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    assert_same(
        svg(&format!("<b:credential>{escaped}</b:credential>")).as_bytes(),
        json.as_bytes(),
        "svg+json",
        &[],
    );
}

/// threats.md O23, O24.
#[test]
fn what_is_wrong_with_a_svg() {
    let token = token();
    let badge = attribute(&token);
    let good = svg(&badge);
    let doctype = |declared: &str| good.replace("<svg", &format!("<!DOCTYPE svg {declared}>\n<svg"));
    let (structure, multiple, dtd, encoding) =
        (Code::ImageStructure, Code::ImageMultiple, Code::ImageDtd, Code::ImageEncoding);
    let utf_16 = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}{good}").encode_utf16().flat_map(order).collect()
    };
    for (reason, code, image) in [
        ("elements", multiple, svg(&format!("{badge}{badge}")).into_bytes()),
        ("elements", multiple, svg(&format!("{badge}<g>{}</g>", cdata("{}"))).into_bytes()),
        (
            "elements",
            multiple,
            svg(&format!("{badge}<c:credential xmlns:c=\"{CLR}\">{{}}</c:credential>")).into_bytes(),
        ),
        (
            "elements",
            multiple,
            svg(&format!("<b:credential/><o:assertion xmlns:o=\"{OB2}\" verify=\"{token}\"/>")).into_bytes(),
        ),
        ("elements", multiple, svg(&format!("<b:credential>{badge}</b:credential>")).into_bytes()),
        (
            "verifyAndBody",
            multiple,
            svg(&format!("<b:credential verify=\"{token}\">{{}}</b:credential>")).into_bytes(),
        ),
        (
            "verifyAndBody",
            multiple,
            svg(&format!("<b:credential verify=\"\">{token}</b:credential>")).into_bytes(),
        ),
        ("element", Code::ImageText, svg(&format!("<b:credential>{token}<g/></b:credential>")).into_bytes()),
        ("declarations", dtd, doctype("[]").into_bytes()),
        ("declarations", dtd, doctype("[<!ENTITY x \"y\">]").into_bytes()),
        ("declarations", dtd, doctype("[<!ENTITY x SYSTEM \"file:///etc/passwd\">]").into_bytes()),
        (
            "declarations",
            dtd,
            doctype("SYSTEM \"https://a.example/x.dtd\" [<!ENTITY % p SYSTEM \"https://a.example\"> %p;]")
                .into_bytes(),
        ),
        (
            "declarations",
            dtd,
            doctype("[<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]").into_bytes(),
        ),
        ("declarations", dtd, doctype("[<!ATTLIST svg verify CDATA \"x\">]").into_bytes()),
        ("entity", dtd, svg(&format!("{badge}<text>&nbsp;</text>")).into_bytes()),
        ("entity", dtd, svg("<b:credential>&x;</b:credential>").into_bytes()),
        ("entity", dtd, svg(&format!("<b:credential verify=\"{token}&x;\"/>")).into_bytes()),
        (
            "namespace",
            dtd,
            svg(&format!(
                "<c:credential xmlns:c=\"&#104;ttps://purl.imsglobal.org/ob/v3p0\" verify=\"{token}\"/>"
            ))
            .into_bytes(),
        ),
        ("declared", encoding, good.replace("UTF-8", "ISO-8859-1").into_bytes()),
        ("declared", encoding, good.replace("UTF-8", "UTF-16").into_bytes()),
        ("declared", encoding, good.replace("UTF-8", "UTF-7").into_bytes()),
        ("xml11", encoding, good.replace("1.0", "1.1").into_bytes()),
        (
            "utf8",
            encoding,
            good.replace("UTF-8", "ISO-8859-1")
                .replace("M0 0", "\u{1}")
                .bytes()
                .map(|b| if b == 1 { 0xE4 } else { b })
                .collect(),
        ),
        ("utf8", encoding, utf_16(u16::to_le_bytes, "\u{FEFF}")),
        ("utf8", encoding, utf_16(u16::to_be_bytes, "\u{FEFF}")),
        ("utf16", encoding, utf_16(u16::to_le_bytes, "")),
        ("utf16", encoding, utf_16(u16::to_be_bytes, "")),
        ("declaration", structure, good.replace("version=\"1.0\"", "version=\"2.0\"").into_bytes()),
        ("declaration", structure, good.replace("version=\"1.0\"", "").into_bytes()),
        ("misplaced", structure, format!("\n{good}").into_bytes()),
        ("misplaced", structure, format!("{good}{good}").into_bytes()),
        ("misplaced", structure, format!("{good}<g/>").into_bytes()),
        ("misplaced", structure, format!("{good}and more").into_bytes()),
        ("misplaced", structure, format!("{good}&amp;").into_bytes()),
        ("misplaced", structure, format!("{good}<![CDATA[x]]>").into_bytes()),
        ("misplaced", structure, format!("{good}<!DOCTYPE svg>").into_bytes()),
        ("misplaced", structure, svg(&format!("{badge}<?xml version=\"1.0\"?>")).into_bytes()),
        ("misplaced", structure, doctype("><!DOCTYPE svg").into_bytes()),
        ("truncated", structure, good.replace("</svg>", "").into_bytes()),
        ("prefix", structure, svg(&format!("{badge}<x:y/>")).into_bytes()),
        (
            "attribute",
            structure,
            svg(&format!("<b:credential verify=\"{token}\" verify=\"x\"/>")).into_bytes(),
        ),
        ("attribute", structure, svg(&format!("<b:credential verify={token}/>")).into_bytes()),
        ("attribute", structure, svg(&format!("{badge}<g a/>")).into_bytes()),
        ("attribute", structure, svg(&format!("{badge}<g a=\"<b:credential/>\"/>")).into_bytes()),
        ("character", structure, svg(&format!("{badge}\u{1}")).into_bytes()),
        ("xml", structure, svg(&format!("{badge}<g></h>")).into_bytes()),
        ("xml", structure, svg(&format!("{badge}<!-- a -- b -->")).into_bytes()),
        ("xml", structure, svg(&format!("{badge}<text>a & b</text>")).into_bytes()),
        ("xml", structure, svg(&format!("{badge}<text>&#0;</text>")).into_bytes()),
        ("xml", structure, svg(&format!("{badge}<![CDATA[")).into_bytes()),
        ("xml", structure, good.as_bytes()[..good.len() - 2].to_vec()),
    ] {
        assert_refused(&image, code, reason);
    }
}

/// What is no image is named, and so is what is no image that records are baked into.
#[test]
fn other_files_are_named() {
    let token = token();
    for (name, bytes) in [
        ("pdf", b"%PDF-1.7\n".to_vec()),
        ("jpeg", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec()),
        ("gif", b"GIF89a".to_vec()),
        ("gif", b"GIF87a".to_vec()),
        ("zip", b"PK\x03\x04\x14\0".to_vec()),
        ("zip", b"PK\x05\x06".to_vec()),
        ("gzip", b"\x1F\x8B\x08\0".to_vec()),
        ("webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec()),
        (
            "xml",
            format!("<html xmlns=\"http://www.w3.org/1999/xhtml\">{}</html>", attribute(&token)).into_bytes(),
        ),
        ("xml", format!("<!DOCTYPE html><svg xmlns:b=\"{OB3}\">{}</svg>", attribute(&token)).into_bytes()),
        ("xml", format!("<svg>{token}</svg>").into_bytes()),
        ("xml", b"<".to_vec()),
        ("xml", b" <html><p>".to_vec()),
        ("xml", b"<!-- nothing -->".to_vec()),
        ("xml", b"<?xml version=\"1.0\"?> and no element".to_vec()),
        // An image in an image is none.
        ("png", png(&[itxt("openbadges", b"\x89PNG")])),
        ("xml", png(&[itxt("openbadgecredential", svg(&attribute(&token)).as_bytes())])),
        ("xml", svg(&cdata(&svg(&attribute(&token)))).into_bytes()),
        ("pdf", png(&[itxt("openbadges", b"%PDF-1.7")])),
    ] {
        if name == "png" {
            // No text in UTF-8 begins as a PNG does.
            assert_refused(&bytes, Code::ImageText, "utf8");
            continue;
        }
        let report = verify(&bytes);
        assert_eq!(
            codes(&report, CheckId::DocumentFormat),
            [Code::FormatNotRecognised],
            "{name}: {}",
            report.to_json()
        );
        assert_eq!(detail(&report, Code::FormatNotRecognised, "carrier").as_deref(), Some(name));
        assert!(matches!(report.verdict(), Verdict::Indeterminate));
    }
    // A RIFF that is no image is read as anything else is.
    assert!(has(&verify(b"RIFF\x10\0\0\0WAVE"), Code::JsonSyntax));
}

/// Open Badges 2: where the badge is, instead of the badge. It is gone to as if the URL had been the input.
#[test]
fn a_url_in_an_image() {
    let url = "https://badges.example/assertions/1";
    let bare = verify(url.as_bytes());
    let images = [
        png(&[text("openbadges", url.as_bytes())]),
        png(&[itxt("openbadges", url.as_bytes())]),
        svg(&format!("<b:assertion xmlns:b=\"{OB2}\" verify=\"{url}\"/>")).into_bytes(),
        svg(&format!("<b:assertion xmlns:b=\"{OB2}\" verify=\"{url}\"><![CDATA[{{}}]]></b:assertion>"))
            .into_bytes(),
    ];
    for image in images {
        let baked = verify(&image);
        assert!(has(&baked, Code::ImageOk));
        assert_eq!(baked.requests(), bare.requests());
        let images = [CheckId::DocumentImage, CheckId::ImageConventions];
        let checks: Vec<_> = baked.checks().iter().filter(|check| !images.contains(&check.id)).collect();
        assert_eq!(checks, bare.checks().iter().collect::<Vec<_>>());
    }
}

/// threats.md O20, O21, O23: each limit is exact, and what is beyond it is not "invalid".
#[test]
fn limits() {
    let token = token();
    let badge = itxt("openbadgecredential", token.as_bytes());
    let beyond = |image: &[u8], code: Code, limit: usize, unit: Option<&str>| {
        let report = verify(image);
        assert_eq!(codes(&report, CheckId::Limits), [code], "{unit:?}");
        assert_eq!(detail(&report, code, "limit").unwrap(), limit.to_string());
        assert_eq!(detail(&report, code, "unit").as_deref(), unit);
        assert!(matches!(report.verdict(), Verdict::Indeterminate));
    };
    let chunks = |count: usize| png(&[badge.clone(), chunk(b"tIME", &[]).repeat(count - 4)]);
    assert!(has(&verify(&chunks(10_000)), Code::ImageOk));
    beyond(&chunks(10_001), Code::LimitImage, 10_000, Some("chunks"));

    let nested = |depth: usize| {
        svg(&format!("{}{}{}", attribute(&token), "<g>".repeat(depth - 1), "</g>".repeat(depth - 1)))
    };
    assert!(has(&verify(nested(256).as_bytes()), Code::ImageOk));
    beyond(nested(257).as_bytes(), Code::LimitImage, 256, Some("depth"));

    let attributes = |count: usize| {
        let many: String = (0..count).map(|index| format!(" a{index}=\"\"")).collect();
        svg(&format!("{}<g{many}/>", attribute(&token)))
    };
    assert!(has(&verify(attributes(256).as_bytes()), Code::ImageOk));
    beyond(attributes(257).as_bytes(), Code::LimitImage, 256, Some("attributes"));
    beyond(attributes(80_000).as_bytes(), Code::LimitImage, 256, Some("attributes"));

    // Two stand around them already.
    let namespaces = |count: usize| {
        let many: String = (2..count).map(|index| format!(" xmlns:n{index}=\"urn:x\"")).collect();
        svg(&format!("{}<g{many}/>", attribute(&token)))
    };
    assert!(has(&verify(namespaces(64).as_bytes()), Code::ImageOk));
    beyond(namespaces(65).as_bytes(), Code::LimitImage, 64, Some("namespaces"));
    beyond(namespaces(100_000).as_bytes(), Code::LimitImage, 64, Some("namespaces"));

    // What a text stands for is bounded as the input is, and a bomb costs no more than that.
    let mut policy = Policy::accepting(Issuers::Anyone);
    policy.limits.input_bytes = 10_000;
    let verifier = Verifier::new(policy).unwrap();
    let padded = |length: usize| {
        let mut inside = token.clone().into_bytes();
        inside.resize(length, b' ');
        png(&[itxt_compressed("openbadgecredential", &inside)])
    };
    for (length, code) in [(10_000, Code::ImageOk), (10_001, Code::LimitBytes), (5_000_000, Code::LimitBytes)]
    {
        let image = padded(length);
        assert!(image.len() < 10_000, "{}", image.len());
        let report = verifier.verify(&image, &Resources::new(), &occasion());
        assert!(has(&report, code), "{length}: {}", report.to_json());
    }
    beyond(&padded(8 * 1024 * 1024 + 1), Code::LimitBytes, 8 * 1024 * 1024, None);
}

/// What is wrong with what is in an image is said beside what is right with the image.
#[test]
fn a_record_that_cannot_be_read() {
    let twice = r#"{"a": 1, "a": 2}"#;
    for image in [png(&[itxt("openbadges", twice.as_bytes())]), svg(&cdata(twice)).into_bytes()] {
        let report = verify(&image);
        for code in [Code::ImageOk, Code::ImageConventional, Code::JsonDuplicateKey] {
            assert!(has(&report, code), "{}", report.to_json());
        }
        assert!(matches!(report.verdict(), Verdict::NotVerified));
    }
}

/// Whatever happens to an image on its way: no panic, and never another record than the one that was signed.
#[test]
fn cut_and_changed_images() {
    let token = token();
    let images = [
        png(&[itxt("openbadgecredential", token.as_bytes())]),
        png(&[itxt_compressed("openbadgecredential", token.as_bytes())]),
        svg(&attribute(&token)).into_bytes(),
        svg(&cdata(&token)).into_bytes(),
    ];
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let signed = {
        let report = verify(token.as_bytes());
        let Verdict::Verified(secured) = report.verdict() else { panic!("{}", report.to_json()) };
        secured.document().to_owned()
    };
    let mut verified = 0;
    let mut check = |bytes: &[u8]| {
        let report = verifier.verify(bytes, &Resources::new(), &occasion());
        if let Verdict::Verified(secured) = report.verdict() {
            assert_eq!(secured.document(), signed);
            verified += 1;
        }
    };
    for image in &images {
        for end in 0..image.len() {
            check(&image[..end]);
        }
        let mut changed = image.clone();
        for index in 0..image.len() {
            for bit in [0x01, 0x20, 0x80] {
                changed[index] ^= bit;
                check(&changed);
                changed[index] ^= bit;
            }
        }
    }
    assert!(verified > 0, "a change of a path or of a pixel changes nothing");
}

/// The same with every value of every byte, for what is cheap to verify.
#[test]
fn every_value_of_every_byte() {
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let small = format!(
        "<svg xmlns=\"{SVG}\"><o:assertion xmlns:o=\"{OB2}\" verify=\"{{}}\">&#32;</o:assertion></svg>"
    );
    for image in [png(&[ztxt("openbadges", b"{}")]), small.into_bytes()] {
        let mut changed = image.clone();
        for index in 0..image.len() {
            for value in 0..=u8::MAX {
                changed[index] = value;
                let report = verifier.verify(&changed, &Resources::new(), &occasion());
                assert!(!matches!(report.verdict(), Verdict::Verified(_)));
            }
            changed[index] = image[index];
        }
    }
}

/// The images among the official samples: what each is, and why.
#[test]
fn official_samples() {
    let Some(folder) = support::source("official_samples", "1edtech-public-validator") else { return };
    // The JSON asks for the issuer's document. The tokens have their key in the header, with which their signature is good,
    // and lack the `sub` of Open Badges 3.0 §8.2, which is noted: what is the case without an image is the case in one.
    let asks = (Code::SignatureBlocked, Code::KeyDocumentNeeded);
    let lacks = (Code::SignatureGood, Code::JoseClaimsUnusual);
    for (file, carrier, (signature, why)) in [
        ("ob30/simple-json.png", "png+json", asks),
        ("ob30/simple-jwt.png", "png+jws", lacks),
        ("ob30/simple-jwt_v1.png", "png+jws", lacks),
        ("ob30/simple-json.svg", "svg+json", asks),
        ("ob30/simple-jwt.svg", "svg+jws", lacks),
        ("ob30/simple-jwt_v1.svg", "svg+jws", lacks),
    ] {
        let report = verify(&std::fs::read(folder.join(file)).unwrap());
        assert_eq!(codes(&report, CheckId::DocumentImage), [Code::ImageOk], "{file}");
        assert_eq!(codes(&report, CheckId::ImageConventions), [Code::ImageConventional], "{file}");
        let format = report.format().unwrap_or_else(|| panic!("{file}: {}", report.to_json()));
        assert_eq!((format.carrier, format.family), (carrier, "openBadges"), "{file}");
        assert_eq!(codes(&report, CheckId::ProofSignature), [signature], "{file}: {}", report.to_json());
        assert!(has(&report, why), "{file}: {}", report.to_json());
    }
    // Open Badges 2, whatever is said of that.
    let report = verify(&std::fs::read(folder.join("ob20/simple-badge.png")).unwrap());
    assert_eq!(codes(&report, CheckId::DocumentImage), [Code::ImageOk]);
    // Not baked: the pictures of badges.
    for file in ["ob20/assets/robotics-badge.png", "ob20/assets/beths-robot-badge.png"] {
        let report = verify(&std::fs::read(folder.join(file)).unwrap());
        assert_eq!(codes(&report, CheckId::DocumentFormat), [Code::ImageEmpty], "{file}");
    }
}

/// A status list is fetched from where it should be, as what it should be: it is not looked for in a picture.
#[test]
fn only_records_are_baked() {
    let (record, list) =
        (own("status-unset.json"), support::fixtures::own().join("resources/status-revocation.json"));
    let list = std::fs::read(list).unwrap();
    let verifier = Verifier::new(Policy::accepting(Issuers::Anyone)).unwrap();
    let verify = |list: Vec<u8>| {
        let resources = Resources::new();
        resources.insert(
            ResourceKind::StatusList,
            "https://university.example/status/4",
            Resource::new(list),
        );
        verifier.verify(&record, &resources, &occasion())
    };
    assert!(matches!(verify(list.clone()).verdict(), Verdict::Verified(_)));
    let baked = verify(png(&[itxt("openbadgecredential", &list)]));
    assert!(matches!(baked.verdict(), Verdict::Indeterminate), "{}", baked.to_json());
    // Nor is an endorsement that came with a record.
    let mut occasion = occasion();
    occasion.endorsements = vec![svg(&attribute(&token()))];
    let report = verifier.verify(token().as_bytes(), &Resources::new(), &occasion);
    let codes: Vec<_> =
        report.embedded().iter().flat_map(|inside| codes(&inside.report, CheckId::DocumentFormat)).collect();
    assert_eq!(codes, [Code::FormatNotRecognised]);
}

/// design §6: everything accepted runs on a 256 KiB stack, and nothing recurses.
#[test]
fn a_small_stack() {
    let token = token();
    let deep = svg(&format!(
        "{}{}{}{}",
        "<g>".repeat(254),
        attribute(&token),
        "<g/>".repeat(1000),
        "</g>".repeat(254)
    ));
    let unopened = format!("<svg xmlns=\"{SVG}\">{}", "<g>".repeat(100_000));
    let images =
        [deep.into_bytes(), unopened.into_bytes(), png(&[itxt_compressed("openbadges", token.as_bytes())])];
    let run = move || images.map(|image| codes(&verify(&image), CheckId::DocumentImage));
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap();
    assert_eq!(thread.join().unwrap(), [vec![Code::ImageOk], vec![], vec![Code::ImageOk]]);
}
