// Verify is the second opinion on an exported access log: it accepts or rejects a directory with Go's own
// golang.org/x/mod/sumdb packages and none of Strongroom's code.
//
//	apt-get install golang-go golang-golang-x-mod-dev
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o sumdb-verify verify.go
//	./sumdb-verify DIR VKEY [CHECKPOINT-FILE]
//
// It ends with 0 and a line beginning "accepted", or with 1 and a line beginning "rejected"; 2 is usage.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/ioutil"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) != 3 && len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: verify DIR VKEY [CHECKPOINT-FILE]")
		os.Exit(2)
	}
	tree, err := verify(os.Args[1], os.Args[2], os.Args[3:])
	if err != nil {
		fmt.Println("rejected:", err)
		os.Exit(1)
	}
	fmt.Printf("accepted: %d entries, root %v\n", tree.N, tree.Hash)
}

func verify(dir, vkey string, since []string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	if tree, err = openCheckpoint(filepath.Join(dir, "checkpoint"), verifier); err != nil {
		return tree, err
	}
	stored, err := hashEntries(dir, tree.N)
	if err != nil {
		return tree, err
	}
	root, err := tlog.TreeHash(tree.N, stored)
	if err != nil {
		return tree, err
	}
	if root != tree.Hash {
		return tree, fmt.Errorf("the entries lead to root %v, the checkpoint says %v", root, tree.Hash)
	}
	if err := compareTiles(dir, tree.N, stored); err != nil {
		return tree, err
	}
	authenticated := tlog.TileHashReader(tree, tileFiles{dir, tree.N})
	if err := checkSomeRecords(tree, stored, authenticated); err != nil {
		return tree, err
	}
	for _, file := range since {
		if err := checkExtends(file, verifier, tree, authenticated); err != nil {
			return tree, err
		}
	}
	return tree, nil
}

// openCheckpoint leaves the envelope to note.Open and reads the body, which note.Open does not look at.
func openCheckpoint(file string, verifier note.Verifier) (tree tlog.Tree, err error) {
	message, err := ioutil.ReadFile(file)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return tree, fmt.Errorf("%s: not three lines", file)
	}
	if lines[0] != verifier.Name() {
		return tree, fmt.Errorf("%s: origin %q, not %q", file, lines[0], verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	if tree.N < 0 || strconv.FormatInt(tree.N, 10) != lines[1] {
		return tree, fmt.Errorf("%s: size %q", file, lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("%s: root %q", file, lines[2])
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// memory holds hashes by their storage index.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index < 0 || index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = m[index]
	}
	return hashes, nil
}

// hashEntries hashes every entry of every bundle.
func hashEntries(dir string, size int64) (memory, error) {
	var stored memory
	for n := int64(0); n < size; {
		path := bundlePath(n>>tileHeight, size)
		bundle, err := ioutil.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for end := min(size, n+1<<tileHeight); n < end; n++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("%s: ends before entry %d does", path, n)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			hashes, err := tlog.StoredHashes(n, bundle[2:2+length], stored)
			if err != nil {
				return nil, err
			}
			stored = append(stored, hashes...)
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			return nil, fmt.Errorf("%s: goes on after its last entry", path)
		}
	}
	return stored, nil
}

func bundlePath(n, size int64) string {
	tile := tlog.Tile{H: tileHeight, L: -1, N: n, W: int(min(size-n<<tileHeight, 1<<tileHeight))}
	return path(tile)
}

// path is the C2SP spelling of a tile's place, which differs from the checksum database's in two words.
func path(tile tlog.Tile) string {
	p := strings.TrimPrefix(tile.Path(), "tile/8/")
	return "tile/" + strings.Replace(p, "data/", "entries/", 1)
}

// compareTiles compares every tile of the log with the hashes that follow from its entries.
func compareTiles(dir string, size int64, stored memory) error {
	for _, tile := range finalTiles(size) {
		want, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			return err
		}
		have, err := ioutil.ReadFile(filepath.Join(dir, path(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(have, want) {
			return fmt.Errorf("%s: not the hashes of the entries", path(tile))
		}
	}
	return nil
}

// finalTiles are the full tiles and, at the right edge of each level, the one narrow tile.
func finalTiles(size int64) (tiles []tlog.Tile) {
	for level := uint(0); size>>(tileHeight*level) > 0; level++ {
		count := size >> (tileHeight * level)
		for n := int64(0); n<<tileHeight < count; n++ {
			width := int(min(count-n<<tileHeight, 1<<tileHeight))
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: int(level), N: n, W: width})
		}
	}
	return tiles
}

// tileFiles reads tiles for tlog.TileHashReader, which believes none before it has led to the root.
type tileFiles struct {
	dir  string
	size int64
}

func (tileFiles) Height() int                     { return tileHeight }
func (tileFiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tileFiles) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		// The reader may ask for fewer hashes than the edge has; only the widest tile need be there.
		wide := tile
		wide.W = int(min(t.size>>uint(tileHeight*tile.L)-tile.N<<tileHeight, 1<<tileHeight))
		content, err := ioutil.ReadFile(filepath.Join(t.dir, path(wide)))
		if err != nil {
			return nil, err
		}
		if len(content) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: too short", path(wide))
		}
		data = append(data, content[:tile.W*tlog.HashSize])
	}
	return data, nil
}

// checkSomeRecords proves about a hundred entries, the first and the last among them, through the tiles.
func checkSomeRecords(tree tlog.Tree, stored memory, tiles tlog.HashReader) error {
	for n := int64(0); n < tree.N; n++ {
		if n%(tree.N/100+1) != 0 && n != tree.N-1 {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, n, tiles)
		if err != nil {
			return err
		}
		leaf := stored[tlog.StoredHashIndex(0, n)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf); err != nil {
			return fmt.Errorf("entry %d: %v", n, err)
		}
	}
	return nil
}

func checkExtends(file string, verifier note.Verifier, tree tlog.Tree, tiles tlog.HashReader) error {
	held, err := openCheckpoint(file, verifier)
	if err != nil {
		return err
	}
	if held.N > tree.N {
		return fmt.Errorf("rolled back: %d entries are held, %d found", held.N, tree.N)
	}
	if held.N == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(tree.N, held.N, tiles)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, held.N, held.Hash)
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
