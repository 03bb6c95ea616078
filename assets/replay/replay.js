"use strict";
// Draws what the program computed: every place, colour, dash, tick and text below stands in the data of this
// page. Nothing is computed here but which frame is shown and where it lies on the canvas.
(() => {
  const data = JSON.parse(document.getElementById("replay").textContent);
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const last = data.frames.steps.length - 1;
  const asked = new URLSearchParams(location.hash.slice(1));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const darkness = matchMedia("(prefers-color-scheme: dark)");

  // ---- State ----

  const state = {
    frame: last,
    theme: data.theme, // null: as the system has it
    hidden: new Set(),
    view: 0,
    speed: 1,
    played: null, // { place, since } while it plays
    printed: false,
  };

  const dark = () => !state.printed && (state.theme === null ? darkness.matches : state.theme === "dark");
  const colours = () => (dark() ? data.colours.dark : data.colours.light);
  const isHidden = (arm) => arm !== null && arm !== undefined && state.hidden.has(arm);

  // ---- Numbers ----

  const bytes = (text) => {
    const letters = atob(text);
    const all = new Uint8Array(letters.length);
    for (let i = 0; i < all.length; i += 1) all[i] = letters.charCodeAt(i);
    return all;
  };
  const places = (text) => {
    const raw = bytes(text);
    return new Uint16Array(raw.buffer, 0, raw.length >> 1);
  };
  // Places run from LOW to LOW + SPAN over an axis, with room on both sides; 0 is no place.
  const LOW = data.places.low;
  const SPAN = data.places.span;

  // Read when it is drawn first: a page opens before all of a run is read.
  const once = (texts, read) => {
    const known = new Array(texts.length);
    return (k) => known[k] || (known[k] = read(texts[k]));
  };

  for (const plot of data.plots) {
    for (const layer of plot.layers) {
      const moving = layer.kind === "paths" ? layer.tips : layer.variants;
      layer.read = once(moving, layer.kind === "cells" ? bytes : places);
      layer.start = layer.paths && places(layer.paths);
      layer.columns = layer.edges && layer.edges.map(places);
    }
  }

  // ---- Drawing ----

  const along = (frame, place) => frame[0] + ((place - LOW) / SPAN) * (frame[2] - frame[0]);
  const up = (frame, place) => frame[3] - ((place - LOW) / SPAN) * (frame[3] - frame[1]);

  const trace = (pen, frame, points, from, to) => {
    let joined = false;
    for (let i = from; i < to; i += 2) {
      if (points[i] === 0 || points[i + 1] === 0) {
        joined = false;
      } else if (joined) {
        pen.lineTo(along(frame, points[i]), up(frame, points[i + 1]));
      } else {
        pen.moveTo(along(frame, points[i]), up(frame, points[i + 1]));
        joined = true;
      }
    }
  };

  const stroke = (pen, layer, ink) => {
    pen.lineWidth = layer.width;
    pen.setLineDash(layer.dash || []);
    pen.strokeStyle = ink;
    pen.stroke();
    pen.setLineDash([]);
  };

  const drawers = {
    line(pen, frame, layer, points, paint) {
      pen.lineJoin = "round";
      if (layer.over) {
        pen.beginPath();
        trace(pen, frame, points, 0, points.length);
        stroke(pen, { width: layer.width + 2, dash: layer.dash }, paint[layer.over]);
      }
      pen.beginPath();
      trace(pen, frame, points, 0, points.length);
      stroke(pen, layer, paint[layer.ink]);
      if (layer.crosses) {
        pen.beginPath();
        for (let i = 0; i < points.length; i += 2) {
          if (points[i] && points[i + 1]) cross(pen, along(frame, points[i]), up(frame, points[i + 1]), 2.5);
        }
        stroke(pen, { width: 1 }, paint[layer.ink]);
      }
    },
    dots(pen, frame, layer, points, paint) {
      let i = 0;
      for (const [ink, count] of layer.groups) {
        pen.beginPath();
        for (const end = i + 2 * count; i < end; i += 2) {
          if (points[i] === 0 || points[i + 1] === 0) continue;
          const x = along(frame, points[i]);
          const y = up(frame, points[i + 1]);
          pen.moveTo(x + layer.radius, y);
          pen.arc(x, y, layer.radius, 0, 2 * Math.PI);
        }
        if (layer.hollow) {
          stroke(pen, { width: 1 }, paint[ink]);
        } else {
          pen.fillStyle = paint[ink];
          pen.fill();
        }
      }
    },
    paths(pen, frame, layer, tips, paint, shown) {
      let from = 0;
      layer.counts.forEach((count, k) => {
        const ready = Math.min(layer.grown[shown], count);
        pen.beginPath();
        trace(pen, frame, layer.start, from, from + 2 * ready);
        if (ready > 0 && tips[2 * k] && tips[2 * k + 1]) {
          pen.lineTo(along(frame, tips[2 * k]), up(frame, tips[2 * k + 1]));
        }
        stroke(pen, layer, paint[layer.ink]);
        from += 2 * count;
      });
    },
    bars(pen, frame, layer, points, paint) {
      pen.fillStyle = pen.strokeStyle = paint[layer.ink];
      pen.lineWidth = 1;
      for (let i = 0; i < points.length; i += 3) {
        const [left, right, top] = [along(frame, points[i]), along(frame, points[i + 1]), up(frame, points[i + 2])];
        if (top >= frame[3]) continue;
        if (layer.filled) pen.fillRect(left, top, right - left, frame[3] - top);
        else pen.strokeRect(left, top, right - left, frame[3] - top);
      }
    },
    intervals(pen, frame, layer, points, paint) {
      pen.beginPath();
      for (let i = 0; i < points.length; i += 3) {
        const [x, low, high] = [along(frame, points[i]), up(frame, points[i + 1]), up(frame, points[i + 2])];
        pen.moveTo(x, low);
        pen.lineTo(x, high);
        for (const y of [low, high]) {
          pen.moveTo(x - 3, y);
          pen.lineTo(x + 3, y);
        }
      }
      stroke(pen, { width: 1.2 }, paint[layer.ink]);
    },
    rule(pen, frame, layer, points, paint) {
      const upright = layer.upright;
      const at = upright ? along(frame, points[0]) : up(frame, points[0]);
      pen.beginPath();
      pen.moveTo(upright ? at : frame[0], upright ? frame[1] : at);
      pen.lineTo(upright ? at : frame[2], upright ? frame[3] : at);
      stroke(pen, layer, paint[layer.ink]);
    },
    marks(pen, frame, layer, points, paint) {
      for (let i = 0; i < points.length; i += 2) {
        if (points[i] === 0 || points[i + 1] === 0) continue;
        const [x, y] = [along(frame, points[i]), up(frame, points[i + 1])];
        pen.beginPath();
        if (layer.cross) {
          cross(pen, x, y, 4);
          stroke(pen, { width: 2 }, paint[layer.ink]);
        } else {
          pen.arc(x, y, layer.radius, 0, 2 * Math.PI);
          if (layer.hollow) stroke(pen, { width: 1.5 }, paint[layer.ink]);
          else {
            pen.fillStyle = paint[layer.ink];
            pen.fill();
          }
        }
      }
    },
    cells(pen, frame, layer, shares, paint) {
      const [columns, rows] = layer.columns;
      let i = 0;
      for (let x = 0; x + 1 < columns.length; x += 1) {
        const left = along(frame, columns[x]);
        const right = along(frame, columns[x + 1]);
        for (let y = 0; y + 1 < rows.length; y += 1, i += 1) {
          if (shares[i] === 0) continue;
          const [one, other] = [up(frame, rows[y]), up(frame, rows[y + 1])];
          pen.fillStyle = paint[layer.scale[shares[i]]];
          // Cells overlap by a hair, or the background shows between them.
          pen.fillRect(Math.min(left, right), Math.min(one, other), Math.abs(right - left) + 0.5, Math.abs(one - other) + 0.5);
        }
      }
    },
  };

  const cross = (pen, x, y, r) => {
    pen.moveTo(x - r, y - r);
    pen.lineTo(x + r, y + r);
    pen.moveTo(x - r, y + r);
    pen.lineTo(x + r, y - r);
  };

  const write = (pen, [x, y, text, anchor, size, ink, arm], paint) => {
    if (isHidden(arm)) return;
    pen.font = `${size}px ${data.font}`;
    pen.textAlign = anchor;
    pen.textBaseline = "middle";
    pen.fillStyle = paint[ink];
    pen.fillText(text, x, y);
  };

  const variant = (layer, shown) => (layer.at ? layer.at[shown] : 0);

  const draw = (shown, plot) => {
    const view = plot.views[state.view];
    const { pen } = plot;
    const paint = colours();
    pen.setTransform(plot.scale, 0, 0, plot.scale, 0, 0);
    pen.globalAlpha = 1;
    pen.clearRect(0, 0, view.width, view.height);
    const face = view.faces[view.at ? view.at[shown] : 0];
    for (const [ink, left, top, width, height] of view.strips) {
      pen.fillStyle = paint[ink];
      pen.fillRect(left, top, width, height);
    }
    for (const [ink, ...ends] of face.lines) {
      pen.beginPath();
      pen.moveTo(ends[0], ends[1]);
      pen.lineTo(ends[2], ends[3]);
      stroke(pen, { width: 1 }, paint[ink]);
    }
    const { frame } = view;
    pen.save();
    pen.beginPath();
    pen.rect(frame[0] - 1, frame[1] - 1, frame[2] - frame[0] + 2, frame[3] - frame[1] + 2);
    pen.clip();
    for (const layer of plot.layers) {
      const which = variant(layer, shown);
      if (which < 0 || isHidden(layer.arm)) continue;
      pen.globalAlpha = layer.opacity === undefined ? 1 : layer.opacity;
      drawers[layer.kind](pen, frame, layer, layer.read(which), paint, shown);
    }
    pen.restore();
    // Words beside marks may stand outside of the frame.
    for (const layer of plot.layers) {
      const which = variant(layer, shown);
      if (!layer.label || which < 0 || isHidden(layer.arm)) continue;
      const [x, y] = layer.read(which);
      write(pen, [along(frame, x) + 7, up(frame, y), layer.label, "left", 11, layer.told], paint);
    }
    for (const text of face.texts) write(pen, text, paint);
  };

  // ---- Texts that go with the frame ----

  const tell = (node, text) => {
    if (node.textContent !== text) node.textContent = text;
  };

  const tables = [...document.querySelectorAll("[data-table]")].map((node) => ({
    cells: [...node.querySelectorAll("td[data-cell]")],
    values: data.tables[Number(node.dataset.table)],
  }));
  const said = [...document.querySelectorAll("[data-said]")].map((node) => ({
    node,
    values: data.said[Number(node.dataset.said)],
  }));

  const texts = () => {
    tell(find("now"), data.frames.labels[state.frame]);
    for (const { cells, values } of tables) {
      const row = values.texts[values.at[state.frame]];
      cells.forEach((cell, k) => tell(cell, row[k]));
    }
    for (const { node, values } of said) tell(node, values.texts[values.at[state.frame]]);
  };

  // ---- The picture as a whole ----

  const plots = data.plots.map((plot, index) => {
    const canvas = find(`plot-${index}`);
    plot.canvas = canvas;
    plot.pen = canvas.getContext("2d");
    return plot;
  });

  const measure = () => {
    const width = root.clientWidth;
    const widths = data.widths.map((layout) => layout.from);
    state.view = widths.reduce((best, from, k) => (width >= from ? k : best), 0);
    root.dataset.layout = data.widths[state.view].name;
    const fine = (state.printed ? 3 : 1) * Math.max(1, window.devicePixelRatio || 1);
    for (const plot of plots) {
      const view = plot.views[state.view];
      plot.canvas.style.aspectRatio = `${view.width} / ${view.height}`;
      plot.canvas.style.maxWidth = `${Math.round(1.25 * view.width)}px`;
    }
    for (const plot of plots) {
      const view = plot.views[state.view];
      plot.shownWidth = plot.canvas.clientWidth || view.width;
      plot.scale = (fine * plot.shownWidth) / view.width;
      plot.canvas.width = Math.round(plot.scale * view.width);
      plot.canvas.height = Math.round(plot.scale * view.height);
    }
  };

  const paint = () => {
    const before = performance.now();
    root.dataset.theme = dark() ? "dark" : "light";
    for (const plot of plots) draw(state.frame, plot);
    texts();
    scrubber.value = data.frames.places[state.frame];
    scrubber.setAttribute("aria-valuetext", data.frames.labels[state.frame]);
    root.dataset.step = data.frames.steps[state.frame];
    root.dataset.took = (performance.now() - before).toFixed(2);
  };

  let waiting = false;
  const repaint = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint();
    });
  };

  const resized = () => {
    measure();
    paint();
  };

  // ---- Time ----

  const scrubber = find("scrubber");
  const play = find("play");

  const nearest = (list, wanted) => {
    let best = 0;
    list.forEach((value, k) => {
      if (value !== null && Math.abs(value - wanted) <= Math.abs(list[best] - wanted)) best = k;
    });
    return best;
  };

  const show = (frame) => {
    state.frame = Math.min(last, Math.max(0, frame));
    repaint();
  };

  const pause = () => {
    state.played = null;
    tell(play, data.words.play);
    play.setAttribute("aria-label", data.words.playLong);
  };

  const tick = (now) => {
    if (!state.played) return;
    const { place, since } = state.played;
    const at = place + ((now - since) / 1000 / data.seconds) * state.speed;
    const { places: all } = data.frames;
    let frame = state.frame;
    while (frame < last && all[frame + 1] <= at) frame += 1;
    if (frame !== state.frame) {
      state.frame = frame;
      paint();
    }
    if (frame >= last) pause();
    else requestAnimationFrame(tick);
  };

  const start = () => {
    if (state.frame >= last) state.frame = 0;
    state.played = { place: data.frames.places[state.frame], since: performance.now() };
    tell(play, data.words.pause);
    play.setAttribute("aria-label", data.words.pauseLong);
    repaint();
    requestAnimationFrame(tick);
  };

  const seek = (frame) => {
    pause();
    show(frame);
  };

  play.addEventListener("click", () => (state.played ? pause() : start()));
  scrubber.addEventListener("input", () => seek(nearest(data.frames.places, Number(scrubber.value))));
  find("speed").addEventListener("change", (event) => {
    state.speed = Number(event.target.value);
    if (state.played) start();
  });

  // ---- Arms and theme ----

  const keys = [...document.querySelectorAll("[data-arm]")];
  const toggle = (arm) => {
    if (!state.hidden.delete(arm)) state.hidden.add(arm);
    arms();
    repaint();
  };
  const arms = () => {
    for (const key of keys) {
      const arm = Number(key.dataset.arm);
      if (key.tagName === "BUTTON") key.setAttribute("aria-pressed", String(!state.hidden.has(arm)));
      else key.classList.toggle("off", state.hidden.has(arm));
    }
  };
  for (const key of keys) {
    if (key.tagName === "BUTTON") key.addEventListener("click", () => toggle(Number(key.dataset.arm)));
  }

  const other = () => {
    state.theme = dark() ? "light" : "dark";
    repaint();
  };
  find("theme").addEventListener("click", other);
  darkness.addEventListener("change", repaint);

  // ---- Read-out ----

  const readout = find("readout");

  const rows = (plot, frame) => {
    const shown = plot.readings.filter((reading) => !isHidden(reading.arm));
    return shown.map((reading) => [reading, reading.texts[frame]]).filter(([, text]) => text !== "");
  };

  const fill = (title, lines) => {
    readout.replaceChildren();
    const head = document.createElement("p");
    head.textContent = title;
    const table = document.createElement("table");
    for (const [reading, text] of lines) {
      const line = table.insertRow();
      const name = line.insertCell();
      const mark = document.createElement("i");
      if (reading.arm !== null) mark.style.background = colours()[data.arms[reading.arm].ink];
      name.append(mark, reading.name);
      const number = line.insertCell();
      number.textContent = text;
    }
    readout.append(head, table);
  };

  const put = (plot, x, y) => {
    const box = plot.canvas.getBoundingClientRect();
    const scale = plot.shownWidth / plot.views[state.view].width;
    readout.hidden = false;
    const room = root.clientWidth - readout.offsetWidth - 8;
    const right = box.left + x * scale + 14;
    const left = right > room ? box.left + x * scale - readout.offsetWidth - 14 : right;
    readout.style.left = `${Math.max(8, Math.min(room, left)) + scrollX}px`;
    readout.style.top = `${box.top + y * scale + 14 + scrollY}px`;
  };

  const read = (plot, x, y) => {
    const view = plot.views[state.view];
    if (plot.spots) {
      const spot = plot.spots.find(({ box }) => {
        const [left, right] = [along(view.frame, box[0]), along(view.frame, box[1])];
        const [low, high] = [up(view.frame, box[2]), up(view.frame, box[3])];
        return x >= Math.min(left, right) && x <= Math.max(left, right) && y >= Math.min(low, high) && y <= Math.max(low, high);
      });
      if (!spot) return (readout.hidden = true);
      fill(spot.text, []);
      return put(plot, x, y);
    }
    const frame = view.instants ? nearest(view.instants, x) : state.frame;
    const lines = rows(plot, frame);
    if (lines.length === 0) return (readout.hidden = true);
    fill(data.frames.labels[frame], lines);
    return put(plot, view.instants ? view.instants[frame] : x, y);
  };

  for (const plot of plots) {
    const { canvas } = plot;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      const scale = plot.views[state.view].width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const scrub = (event) => {
      const { instants } = plot.views[state.view];
      if (instants) seek(nearest(instants, at(event)[0]));
    };
    canvas.addEventListener("pointerdown", (event) => {
      plot.held = true;
      if (event.pointerType === "mouse") canvas.setPointerCapture(event.pointerId);
      scrub(event);
      read(plot, ...at(event));
    });
    canvas.addEventListener("pointermove", (event) => {
      if (plot.held) scrub(event);
      read(plot, ...at(event));
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      canvas.addEventListener(name, () => {
        plot.held = false;
        readout.hidden = true;
      });
    }
  }

  // ---- Keys ----

  const pressed = {
    " ": () => (state.played ? pause() : start()),
    ArrowLeft: () => seek(state.frame - 1),
    ArrowRight: () => seek(state.frame + 1),
    Home: () => seek(0),
    End: () => seek(last),
    t: other,
    T: other,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const own = event.target.closest("button, select, summary");
    if (own && (event.key === " " || (own.tagName === "SELECT" && event.key !== "Escape"))) return;
    const arm = Number(event.key) - 1;
    if (event.key >= "1" && event.key <= "9" && arm < data.arms.length) toggle(arm);
    else if (pressed[event.key]) pressed[event.key]();
    else return;
    event.preventDefault();
  });

  // ---- Print ----

  addEventListener("beforeprint", () => {
    pause();
    state.printed = true;
    state.frame = last;
    resized();
  });
  addEventListener("afterprint", () => {
    state.printed = false;
    resized();
  });

  // ---- Start: #step=120, #t=0.5 (a share of the axis), #theme=dark, #hide=1,3, #read, #play ----

  if (asked.has("step")) state.frame = nearest(data.frames.steps, Number(asked.get("step")));
  if (asked.has("t")) state.frame = nearest(data.frames.places, Number(asked.get("t")));
  if (["dark", "light"].includes(asked.get("theme"))) state.theme = asked.get("theme");
  for (const arm of (asked.get("hide") || "").split(",").filter(Boolean)) state.hidden.add(Number(arm) - 1);
  arms();
  pause();
  resized();
  root.dataset.opened = performance.now().toFixed(1);
  const timed = plots.find((plot) => plot.views[state.view].instants);
  if (asked.has("read") && timed) {
    const { instants, frame } = timed.views[state.view];
    read(timed, instants[state.frame], (frame[1] + frame[3]) / 2);
  }
  if (asked.has("play") && !still) start();
  new ResizeObserver(resized).observe(document.body);
})();
