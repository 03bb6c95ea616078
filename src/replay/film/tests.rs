//! What is written plays as it was asked for.

use super::*;

fn frame(dot: usize) -> Frame {
    let pixel = |i: usize| if i == dot { [200, 30, 10] } else { [255; 3] };
    Frame {
        width: 20,
        height: 10,
        pixels: (0..200).map(pixel).collect(),
    }
}

fn film() -> Film {
    Film {
        frames: [3, 44, 44, 187].map(frame).to_vec(),
        delays: vec![5, 10, 20, 100],
        repeats: true,
    }
}

#[test]
fn a_gif_plays_the_frames_in_their_own_colours() {
    let file = gif(&film(), &[[200, 30, 10]]).expect("it can be written");
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut reader = options.read_info(&file[..]).expect("it is a GIF");
    let mut canvas = vec![[0u8; 3]; 200];
    let mut played = Vec::new();
    while let Some(part) = reader.read_next_frame().expect("a frame") {
        let pixels = part.buffer.chunks(4);
        for (k, pixel) in pixels.enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let (x, y) = (k % part.width as usize, k / part.width as usize);
            let at = (part.top as usize + y) * 20 + part.left as usize + x;
            canvas[at] = [pixel[0], pixel[1], pixel[2]];
        }
        played.push((canvas.clone(), part.delay));
    }
    let wanted: Vec<_> = film()
        .frames
        .into_iter()
        .map(|f| f.pixels)
        .zip([5, 10, 20, 100])
        .collect();
    assert_eq!(played, wanted);
    assert_eq!(reader.repeat(), gif::Repeat::Infinite);
}

#[test]
fn an_animated_png_says_how_long_and_how_often_and_shows_the_end_to_others() {
    let texts = [("widescope-preset".to_owned(), "(seed: 3)".to_owned())];
    let file = apng(&film(), &texts).expect("it can be written");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
        .read_info()
        .expect("it is a PNG");
    let control = reader
        .info()
        .animation_control()
        .copied()
        .expect("it is animated");
    assert_eq!((control.num_frames, control.num_plays), (4, 0));
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader
        .next_frame(&mut pixels)
        .expect("the image for others");
    let last: Vec<u8> = frame(187)
        .pixels
        .iter()
        .flat_map(|[r, g, b]| [*r, *g, *b, 255])
        .collect();
    assert_eq!(pixels, last);
    let mut delays = Vec::new();
    for _ in 0..4 {
        let info = reader.next_frame(&mut pixels).expect("a frame");
        let frame = reader.info().frame_control().copied().expect("its control");
        assert_eq!(info.width, frame.width);
        delays.push((frame.delay_num, frame.delay_den));
    }
    assert_eq!(delays, [5, 10, 20, 100].map(|delay| (delay, 100)));
    assert_eq!(reader.info().utf8_text[0].keyword, "widescope-preset");
}

#[test]
fn frames_of_different_sizes_and_no_frames_are_refused() {
    let mut film = film();
    film.frames[1].width = 19;
    assert!(matches!(gif(&film, &[]), Err(FilmError::Size)));
    film.frames.clear();
    assert!(matches!(apng(&film, &[]), Err(FilmError::Empty)));
}

#[test]
fn the_pace_is_uniform_on_the_axis_and_lasts_as_long_as_asked() {
    let pace = Pace {
        seconds: 4.0,
        rate: 25.0,
        rest: 1.5,
    };
    let places: Vec<f64> = (0..=400).map(|k| f64::from(k) / 400.0).collect();
    let frames = pace.frames(&places);
    assert_eq!(frames.len(), 100);
    assert_eq!((frames[0].0, frames[99].0), (0, 400));
    let total: u32 = frames.iter().map(|(_, delay)| u32::from(*delay)).sum();
    assert_eq!(total, 400 + 150);
    // Few moments: each stays until the next one's place.
    let frames = pace.frames(&[0.0, 0.25, 1.0]);
    let shown: Vec<usize> = frames.iter().map(|f| f.0).collect();
    assert_eq!(shown, [0, 1, 2]);
    assert!(
        frames[0].1.abs_diff(100) <= 4 && frames[1].1.abs_diff(300) <= 8,
        "{frames:?}"
    );
}
