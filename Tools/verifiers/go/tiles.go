package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tileReader reads an exported directory; it is the tlog.TileReader that the package asks for hashes.
type tileReader struct {
	directory string
	tree      tlog.Tree
	hashes    tlog.HashReader
	kept      map[string][]byte
}

func (r *tileReader) Height() int { return 8 }

func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := [][]byte{}
	for _, tile := range tiles {
		// The Go checksum database writes the height into the path; C2SP does not, since it is always 8.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, isKept := r.kept[path]
		if !isKept {
			var err error
			if data, err = os.ReadFile(filepath.Join(r.directory, path)); err != nil {
				return nil, err
			}
			r.kept[path] = data
		}
		found = append(found, data)
	}
	return found, nil
}

func (r *tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

// openTiles opens an export and checks that its entries give its tiles, and these its checkpoint.
func openTiles(directory string, key note.Verifier) *tileReader {
	data, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		fail(err)
	}
	tree, err := checkpoint(data, key)
	if err != nil {
		fail(err)
	}
	reader := &tileReader{directory: directory, tree: tree, kept: map[string][]byte{}}
	reader.hashes = tlog.TileHashReader(tree, reader)
	root, err := tlog.TreeHash(tree.N, reader.hashes)
	if err != nil {
		fail(err)
	}
	if root != tree.Hash {
		fail(errors.New("the tiles do not give the root of the checkpoint"))
	}
	for first := int64(0); first < tree.N; first += 256 {
		reader.checkBundle(first)
	}
	fmt.Fprintf(os.Stderr, "verify-go: %d entries, root %v\n", tree.N, tree.Hash)
	return reader
}

func (r *tileReader) checkBundle(first int64) {
	width := r.tree.N - first
	if width > 256 {
		width = 256
	}
	tile := tlog.Tile{H: 8, L: 0, N: first / 256, W: int(width)}
	hashes, err := r.ReadTiles([]tlog.Tile{tile})
	if err != nil {
		fail(err)
	}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	bundle, err := os.ReadFile(filepath.Join(r.directory, path))
	if err != nil {
		fail(err)
	}
	for i := int64(0); i < width; i++ {
		if len(bundle) < 2 || len(bundle)-2 < int(bundle[0])<<8+int(bundle[1]) {
			fail(errors.New("a bundle of entries is cut"))
		}
		length := int(bundle[0])<<8 + int(bundle[1])
		hash := tlog.RecordHash(bundle[2 : 2+length])
		if string(hash[:]) != string(hashes[0][i*32:i*32+32]) {
			fail(fmt.Errorf("entry %d is not the one in the tile", first+i))
		}
		bundle = bundle[2+length:]
	}
	if len(bundle) != 0 {
		fail(errors.New("a bundle has entries too many"))
	}
}
