// Checks proofs of a ledger with the Go project's own packages for transparency logs, golang.org/x/mod/sumdb:
//
//	verify-go CASES [TILES]
//
// prints a line of verdicts, a (accepted) or r (rejected) for each case. With TILES, an export of the ledger, its
// entries must give its checkpoint, and every accepted proof must be the one that this program makes from the tiles.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var errForm = errors.New("not in the form that it should have")

// decode reads base64 that has one spelling only.
func decode(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(data) != text {
		return nil, errForm
	}
	return data, nil
}

func number(text string) (int64, error) {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil || value < 0 || strconv.FormatInt(value, 10) != text {
		return 0, errForm
	}
	return value, nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	found := []tlog.Hash{}
	for _, line := range lines {
		data, err := decode(line)
		if err != nil || len(data) != tlog.HashSize {
			return nil, errForm
		}
		var hash tlog.Hash
		copy(hash[:], data)
		found = append(found, hash)
	}
	return found, nil
}

// checkpoint opens a signed checkpoint.
func checkpoint(data []byte, key note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	for _, signature := range append(opened.Sigs, opened.UnverifiedSigs...) {
		if _, err := decode(signature.Base64); err != nil {
			return tlog.Tree{}, err
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != key.Name() {
		return tlog.Tree{}, errForm
	}
	size, err := number(lines[1])
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := hashes(lines[2:3])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root[0]}, nil
}

// head splits a file into the lines before its first empty one and what follows.
func head(file []byte) ([]string, []byte, error) {
	end := bytes.Index(file, []byte("\n\n"))
	if end < 0 {
		return nil, nil, errForm
	}
	return strings.Split(string(file[:end]), "\n"), file[end+2:], nil
}

// inclusion checks a .tlog-proof file whose extra data is the entry.
func inclusion(file []byte, key note.Verifier, tiles *tileReader) error {
	lines, signed, err := head(file)
	if err != nil {
		return err
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" ||
		!strings.HasPrefix(lines[1], "extra ") || !strings.HasPrefix(lines[2], "index ") {
		return errForm
	}
	entry, err := decode(lines[1][6:])
	if err != nil {
		return err
	}
	index, err := number(lines[2][6:])
	if err != nil {
		return err
	}
	proof, err := hashes(lines[3:])
	if err != nil {
		return err
	}
	tree, err := checkpoint(signed, key)
	if err != nil {
		return err
	}
	if index >= tree.N {
		return errForm
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	if tiles != nil {
		own, err := tlog.ProveRecord(tree.N, index, tiles.hashes)
		if err != nil {
			fail(err)
		}
		same(own, proof)
	}
	return nil
}

// consistency checks a witness request against the checkpoint that the witness has.
func consistency(old, request []byte, key note.Verifier, tiles *tileReader) error {
	before, err := checkpoint(old, key)
	if err != nil {
		return err
	}
	lines, signed, err := head(request)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(lines[0], "old ") {
		return errForm
	}
	size, err := number(lines[0][4:])
	if err != nil {
		return err
	}
	proof, err := hashes(lines[1:])
	if err != nil {
		return err
	}
	after, err := checkpoint(signed, key)
	if err != nil {
		return err
	}
	if size != before.N || size < 1 || size > after.N {
		return errForm
	}
	if err := tlog.CheckTree(proof, after.N, after.Hash, size, before.Hash); err != nil {
		return err
	}
	if tiles != nil {
		own, err := tlog.ProveTree(after.N, size, tiles.hashes)
		if err != nil {
			fail(err)
		}
		same(own, proof)
	}
	return nil
}

func same(own, given []tlog.Hash) {
	if len(own) != len(given) {
		fail(errors.New("a proof made from the tiles has another length"))
	}
	for i := range own {
		if own[i] != given[i] {
			fail(errors.New("a proof made from the tiles is another one"))
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "verify-go:", err)
	os.Exit(1)
}

func main() {
	if len(os.Args) < 2 {
		fail(errors.New("usage: verify-go CASES [TILES]"))
	}
	file, err := os.Open(os.Args[1])
	if err != nil {
		fail(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	var key note.Verifier
	var tiles *tileReader
	verdicts := bufio.NewWriter(os.Stdout)
	defer verdicts.Flush()
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if fields[0] == "key" {
			if key, err = note.NewVerifier(fields[1]); err != nil {
				fail(err)
			}
			if len(os.Args) > 2 {
				tiles = openTiles(os.Args[2], key)
			}
			continue
		}
		files := [][]byte{}
		for _, field := range fields[1:] {
			data, err := base64.StdEncoding.DecodeString(field)
			if err != nil {
				fail(err)
			}
			files = append(files, data)
		}
		if fields[0] == "inclusion" {
			err = inclusion(files[0], key, tiles)
		} else {
			err = consistency(files[0], files[1], key, tiles)
		}
		if err == nil {
			verdicts.WriteByte('a')
		} else {
			verdicts.WriteByte('r')
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
	verdicts.WriteByte('\n')
}
