// Command foreign-verifier checks an evidence bundle with an implementation that is not Keyledger's: the signed notes
// and Merkle proofs of the Go checksum database, golang.org/x/mod/sumdb/note and golang.org/x/mod/sumdb/tlog; and with
// filippo.io/mldsa, if the log has an ML-DSA-44 key.
//
//	foreign-verifier [-vkey VKEY] FOLDER
//
// FOLDER is an unpacked bundle, complete or partial, or a plain tlog-tiles folder. It looks at
//
//	checkpoint                       opened with the vkey, or with those of keys.txt
//	tile/entries/**, tile/0/**       if there: the root is computed from the entries, the leaf hashes are compared
//	proofs/*.tlog-proof              if there: each inclusion proof, with its leaf from leaves.jsonl
//	checkpoint.old, consistency.txt  if there: the consistency proof
//
// and prints one line per check. Exit code 0: everything holds; 1: something does not; 2: usage.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileWidth = 256

// A checkpoint is the text of an opened note, taken apart.
type checkpoint struct {
	origin string
	size   int64
	root   tlog.Hash
}

// A bundle is a folder and the keys that may have signed its checkpoints.
type bundle struct {
	folder string
	keys   note.Verifiers
}

func main() {
	vkey := flag.String("vkey", "", "the log's verifier key; default: those of keys.txt in the folder")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: foreign-verifier [-vkey VKEY] FOLDER")
		os.Exit(2)
	}
	if err := verify(flag.Arg(0), *vkey); err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	fmt.Println("VERIFIED by golang.org/x/mod/sumdb")
}

func verify(folder, vkey string) error {
	keys, err := readKeys(folder, vkey)
	if err != nil {
		return err
	}
	b := &bundle{folder, keys}
	head, err := b.openCheckpoint("checkpoint")
	if err != nil {
		return err
	}
	fmt.Printf("OK   checkpoint of %s, size %d, root %s\n", head.origin, head.size, head.root)
	if b.has("tile/entries") {
		if err := b.checkTree(head); err != nil {
			return err
		}
	}
	if b.has("proofs") {
		if err := b.checkInclusion(head); err != nil {
			return err
		}
	}
	if b.has("checkpoint.old") {
		return b.checkConsistency(head)
	}
	return nil
}

func readKeys(folder, vkey string) (note.Verifiers, error) {
	vkeys := []string{vkey}
	if vkey == "" {
		text, err := os.ReadFile(filepath.Join(folder, "keys.txt"))
		if err != nil {
			return nil, err
		}
		vkeys = nil
		for _, line := range strings.Split(string(text), "\n") {
			if line != "" && !strings.HasPrefix(line, "#") {
				vkeys = append(vkeys, line)
			}
		}
	}
	var verifiers []note.Verifier
	for _, key := range vkeys {
		if cosigner, err := newMlDsaKey(key); err != nil {
			return nil, fmt.Errorf("vkey %.60q...: %w", key, err)
		} else if cosigner != nil {
			verifiers = append(verifiers, cosigner)
			continue
		}
		if !isEd25519(key) {
			fmt.Printf("SKIP key of another type than Ed25519: %.60s...\n", key)
			continue
		}
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return nil, fmt.Errorf("vkey %q: %w", key, err)
		}
		verifiers = append(verifiers, verifier)
	}
	return note.VerifierList(verifiers...), nil
}

// isEd25519 says whether a vkey is of type 1, or so broken that note.NewVerifier has to say so.
func isEd25519(vkey string) bool {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return true
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	return err != nil || len(key) == 0 || key[0] == 1
}

// openCheckpoint checks the signatures of a checkpoint before it believes a byte of it.
func (b *bundle) openCheckpoint(path string) (checkpoint, error) {
	msg, err := os.ReadFile(b.path(path))
	if err != nil {
		return checkpoint{}, err
	}
	return b.parseCheckpoint(path, msg)
}

func (b *bundle) parseCheckpoint(path string, msg []byte) (checkpoint, error) {
	opened, err := note.Open(msg, b.keys)
	if err != nil {
		return checkpoint{}, fmt.Errorf("%s: %w", path, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return checkpoint{}, fmt.Errorf("%s has %d lines, want 3", path, len(lines)-1)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, fmt.Errorf("%s: %w", path, err)
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return checkpoint{}, fmt.Errorf("%s: %w", path, err)
	}
	if lines[0] != opened.Sigs[0].Name {
		return checkpoint{}, fmt.Errorf("%s is of %q and signed by %q", path, lines[0], opened.Sigs[0].Name)
	}
	return checkpoint{lines[0], size, root}, nil
}

// checkTree computes the root from the entries and compares each leaf hash with the level-0 tiles.
func (b *bundle) checkTree(head checkpoint) error {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for tile := int64(0); tile*tileWidth < head.size; tile++ {
		width := min(tileWidth, head.size-tile*tileWidth)
		entries, err := b.readEntries(tile, width)
		if err != nil {
			return err
		}
		leaves, err := os.ReadFile(b.path("tile/0/" + tilePath(tile, width)))
		if err != nil {
			return err
		}
		if int64(len(leaves)) != width*tlog.HashSize {
			return fmt.Errorf("tile 0/%d has %d bytes, want %d", tile, len(leaves), width*tlog.HashSize)
		}
		for i, entry := range entries {
			index := tile*tileWidth + int64(i)
			hash := tlog.RecordHash(entry)
			if string(leaves[i*tlog.HashSize:(i+1)*tlog.HashSize]) != string(hash[:]) {
				return fmt.Errorf("entry %d does not have the leaf hash of its tile", index)
			}
			added, err := tlog.StoredHashesForRecordHash(index, hash, reader)
			if err != nil {
				return err
			}
			stored = append(stored, added...)
		}
	}
	root, err := tlog.TreeHash(head.size, reader)
	if err != nil {
		return err
	}
	if root != head.root {
		return fmt.Errorf("root of %d entries is %s, the checkpoint signs %s", head.size, root, head.root)
	}
	fmt.Printf("OK   root of %d entries\n", head.size)
	return nil
}

func (b *bundle) readEntries(tile, width int64) ([][]byte, error) {
	path := b.path("tile/entries/" + tilePath(tile, width))
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if int64(len(entries)) != width {
		return nil, fmt.Errorf("%s has %d entries, want %d", path, len(entries), width)
	}
	return entries, nil
}

// checkInclusion checks the proof of each line of leaves.jsonl.
func (b *bundle) checkInclusion(head checkpoint) error {
	file, err := os.Open(b.path("leaves.jsonl"))
	if err != nil {
		return err
	}
	defer file.Close()
	count := 0
	lines := bufio.NewScanner(file)
	for ; lines.Scan(); count++ {
		var line struct {
			Index int64
			Leaf  []byte
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return fmt.Errorf("leaves.jsonl: %w", err)
		}
		path := fmt.Sprintf("proofs/%d.tlog-proof", line.Index)
		index, proof, err := b.readProof(path, head)
		if err != nil {
			return err
		}
		if index != line.Index {
			return fmt.Errorf("%s is for entry %d", path, index)
		}
		if err := tlog.CheckRecord(proof, head.size, head.root, index, tlog.RecordHash(line.Leaf)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if lines.Err() != nil {
		return lines.Err()
	}
	if count == 0 {
		return errors.New("leaves.jsonl holds no entry")
	}
	fmt.Printf("OK   %d inclusion proofs\n", count)
	return nil
}

func (b *bundle) readProof(path string, head checkpoint) (int64, tlog.RecordProof, error) {
	data, err := os.ReadFile(b.path(path))
	if err != nil {
		return 0, nil, err
	}
	proofText, noteText, found := strings.Cut(string(data), "\n\n")
	lines := strings.Split(proofText, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return 0, nil, fmt.Errorf("%s is no tlog-proof", path)
	}
	signed, err := b.parseCheckpoint(path, []byte(noteText))
	if err != nil {
		return 0, nil, err
	}
	if signed != head {
		return 0, nil, fmt.Errorf("%s is for another checkpoint", path)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return 0, nil, fmt.Errorf("%s: %w", path, err)
	}
	hashes, err := parseHashes(lines[2:])
	return index, tlog.RecordProof(hashes), err
}

func (b *bundle) checkConsistency(head checkpoint) error {
	old, err := b.openCheckpoint("checkpoint.old")
	if err != nil {
		return err
	}
	data, err := os.ReadFile(b.path("consistency.txt"))
	if err != nil {
		return err
	}
	hashes, err := parseHashes(strings.Fields(string(data)))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(tlog.TreeProof(hashes), head.size, head.root, old.size, old.root); err != nil {
		return fmt.Errorf("consistency from size %d to %d: %w", old.size, head.size, err)
	}
	fmt.Printf("OK   consistency from size %d to %d\n", old.size, head.size)
	return nil
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		data, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(data) != tlog.HashSize {
			return nil, fmt.Errorf("%q is no hash", line)
		}
		hashes = append(hashes, tlog.Hash(data))
	}
	return hashes, nil
}

// tilePath is the C2SP spelling of a tile index: 1234067 is x001/x234/067. (The checksum database spells it otherwise.)
func tilePath(index, width int64) string {
	path := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		path = fmt.Sprintf("x%03d/%s", index%1000, path)
	}
	if width < tileWidth {
		path += fmt.Sprintf(".p/%d", width)
	}
	return path
}

func (b *bundle) path(relative string) string {
	return filepath.Join(b.folder, filepath.FromSlash(relative))
}

func (b *bundle) has(relative string) bool {
	_, err := os.Stat(b.path(relative))
	return err == nil
}
