#!/usr/bin/env python3
"""Renders ten prompts with a dry guitar and writes what was measured as docs/ten-tones.md.

Usage: scripts/tone-table.py DRY.wav        (needs build/release/tonewright)
"""
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import wave

PROMPTS = [
    "warm jazz clean",
    "tight modern metal rhythm",
    "surf with lots of spring reverb",
    "80s clean with chorus",
    "dark doom fuzz",
    "funky compressed clean",
    "slapback rockabilly",
    "ambient swell with huge hall and long delay",
    "classic rock crunch, no reverb",
    "singing lead with delay",
    "funky clean, no compressor",  # what the compressed one is to be compared with
]
ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "release" / "tonewright"
STAGES = ["gate", "pitch", "wah", "compressor", "boost", "drive", "amp", "cabinet", "equaliser", "modulation", "tremolo", "delay", "reverb"]


def run(*arguments):
    return subprocess.run([str(PROGRAM), *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def chain_of(preset):
    values = preset["parameters"]
    words = []
    for stage in STAGES:
        if values.get(f"{stage}.enabled"):
            kind = values.get(f"{stage}.model") or values.get(f"{stage}.type")
            words.append(kind.replace("_", " ") if stage in ("amp", "cabinet") else f"{kind} {stage}".replace("_", " ") if kind else stage)
    return ", ".join(words)


def write_burst(path):
    """A 20 ms noise burst, then silence: music hides echoes and tails, this does not."""
    noise = random.Random(1)
    rate = 48000
    burst = [int(8000 * noise.uniform(-1, 1)) for _ in range(rate // 50)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        samples = [0] * (rate // 5) + burst + [0] * (rate * 12)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def main():
    dry = pathlib.Path(sys.argv[1])
    rows, chains = [], []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        burst, answer = folder / "burst.wav", folder / "answer.wav"
        write_burst(burst)
        measured = [("(dry guitar)", json.loads(run("measure", dry, "--json")))]
        measured[0][1].update(decaySeconds=0, echoMilliseconds=0)
        for prompt in PROMPTS:
            wet, preset = folder / "wet.wav", folder / "preset.tone.json"
            run("make", prompt, "--engine", "offline", "-i", dry, "-o", wet, "--preset-out", preset)
            run("render", "--preset", preset, "-i", burst, "-o", answer)
            figures = json.loads(run("measure", wet, "--json"))
            space = json.loads(run("measure", answer, "--json"))
            figures.update(decaySeconds=space["decaySeconds"], echoMilliseconds=space["echoMilliseconds"])
            measured.append((prompt, figures))
            chains.append(f"| {prompt} | {chain_of(json.loads(preset.read_text()))} |")
    for prompt, m in measured:
        echo = f"{m['echoMilliseconds']:.0f}" if m["echoMilliseconds"] > 0 else "-"
        rows.append(
            f"| {prompt} | {m['loudness']:.1f} | {m['brightness']:.1f} | {m['crestFactor']:.1f} | {m['dynamicSpread']:.1f} |"
            f" {m['lows']:.1f} | {m['scoop']:.1f} | {m['decaySeconds']:.1f} | {echo} | {m['stereoWidth']:.2f} |"
        )
    text = "\n".join(
        [
            "# Ten prompts, ten tones",
            "",
            "Written by `scripts/tone-table.py` from one dry electric guitar (16 s, direct input), the offline generator and",
            "`tonewright measure`. Loudness in LUFS, brightness in ERB, crest factor, spread, lows and scoop in dB, decay in",
            "seconds (to -60 dB), echo in milliseconds, width 0 (mono) and up. Decay and echo are read off each preset's",
            "answer to a 20 ms burst, since playing hides them. The last line is no eleventh tone: clean",
            "amplifiers sharpen attacks, and what the compressor of the sixth does shows beside its twin without one.",
            "",
            "| prompt | loudness | brightness | crest | spread | lows | scoop | decay | echo | width |",
            "|---|---|---|---|---|---|---|---|---|---|",
            *rows,
            "",
            "| prompt | chain |",
            "|---|---|",
            *chains,
            "",
        ]
    )
    (ROOT / "docs" / "ten-tones.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
