package bench

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Postgres is a PostgreSQL server of its own, in a temporary folder and on a
// socket in it, for as long as it is needed.
type Postgres struct {
	// Pool is connected to an empty database.
	Pool *pgxpool.Pool
	// Version is the server's, as in "15.14".
	Version string

	dir    string // of its socket; removed at the end
	data   string
	server *exec.Cmd
	ended  chan error
}

// ErrNoPostgres says that PostgreSQL is not installed.
var ErrNoPostgres = errors.New("PostgreSQL is not installed; on Debian: apt-get install postgresql")

// tuning is what a careful administrator of a machine like this one would set:
// everything stays in memory, plans are made for that, and nothing is compiled
// for queries that take a millisecond. Writes need not be durable.
var tuning = map[string]string{
	"shared_buffers": "2GB", "effective_cache_size": "8GB", "work_mem": "64MB", "maintenance_work_mem": "512MB",
	"jit": "off", "random_page_cost": "1.1", "max_wal_size": "4GB", "checkpoint_timeout": "30min",
	"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_parallel_workers_per_gather": "2",
	"listen_addresses": "", "log_min_messages": "error",
}

// StartPostgres starts one on data in a temporary folder below dir, "" for that
// of temporary files. PostgreSQL refuses to run as root, so root runs it as the
// user postgres, which its package makes. Close it; it also ends when this
// process does.
func StartPostgres(ctx context.Context, dir string) (*Postgres, error) {
	return startPostgres(ctx, dir, "")
}

// StartPostgresOn is StartPostgres on data in a folder that stays, made when
// missing.
func StartPostgresOn(ctx context.Context, data string) (*Postgres, error) {
	data, err := filepath.Abs(data)
	if err != nil {
		return nil, err
	}
	return startPostgres(ctx, "", data)
}

func startPostgres(ctx context.Context, dir, data string) (*Postgres, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, err
	}
	p := &Postgres{ended: make(chan error, 1), data: data}
	if p.dir, err = os.MkdirTemp(dir, "lotigraph-postgres-"); err != nil {
		return nil, err
	}
	if data == "" {
		p.data = filepath.Join(p.dir, "data")
	}
	if err := p.start(ctx, bin); err != nil {
		return nil, errors.Join(fmt.Errorf("start PostgreSQL in %s: %w", p.dir, err), p.Close())
	}
	return p, nil
}

// postgresBin is the folder with PostgreSQL's programs, the newest version's.
func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	slices.SortFunc(found, func(a, b string) int { return majorOf(b) - majorOf(a) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	if name, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(name), nil
	}
	return "", ErrNoPostgres
}

func majorOf(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return n
}

func (p *Postgres) start(ctx context.Context, bin string) error {
	who, err := p.owner()
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(p.data, "PG_VERSION")); err != nil {
		if err := p.initialise(ctx, bin, who); err != nil {
			return err
		}
	}
	args := []string{"-D", p.data, "-k", p.dir}
	for name, value := range tuning {
		args = append(args, "-c", name+"="+value)
	}
	p.server = exec.Command(filepath.Join(bin, "postgres"), args...)
	p.server.Dir, p.server.SysProcAttr = p.dir, who
	p.server.SysProcAttr.Pdeathsig = syscall.SIGINT
	var said strings.Builder
	p.server.Stderr = &said
	if err := p.server.Start(); err != nil {
		p.server = nil
		return err
	}
	go func() { p.ended <- p.server.Wait() }()
	return p.connect(ctx, &said)
}

// initialise makes an empty database.
func (p *Postgres) initialise(ctx context.Context, bin string, who *syscall.SysProcAttr) error {
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "--pgdata", p.data, "--username", "bench", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = p.dir, who
	if said, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// owner makes the folder that of the user who will run the server.
func (p *Postgres) owner() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err1, err2, os.MkdirAll(p.data, 0o700)); err != nil {
		return nil, err
	}
	if err := errors.Join(os.Chown(p.dir, int(uid), int(gid)), os.Chown(p.data, int(uid), int(gid))); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

// startTime is how long the server may take to answer.
const startTime = 30 * time.Second

func (p *Postgres) connect(ctx context.Context, said *strings.Builder) error {
	ctx, stop := context.WithTimeout(ctx, startTime)
	defer stop()
	where := url.URL{Scheme: "postgres", User: url.User("bench"), Path: "/postgres", RawQuery: url.Values{"host": {p.dir}}.Encode()}
	pool, err := pgxpool.New(ctx, where.String())
	if err != nil {
		return err
	}
	for {
		if err = pool.QueryRow(ctx, "SHOW server_version").Scan(&p.Version); err == nil {
			p.Version, _, _ = strings.Cut(p.Version, " ")
			p.Pool = pool
			return nil
		}
		select {
		case ended := <-p.ended:
			pool.Close()
			p.server = nil
			return fmt.Errorf("it ended: %v: %s", ended, said)
		case <-ctx.Done():
			pool.Close()
			return errors.Join(err, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Size is the bytes of the database on disk.
func (p *Postgres) Size(ctx context.Context) (bytes int64, err error) {
	err = p.Pool.QueryRow(ctx, "SELECT pg_database_size(current_database())").Scan(&bytes)
	return bytes, err
}

// Close stops the server and removes its folder.
func (p *Postgres) Close() error {
	if p.Pool != nil {
		p.Pool.Close()
	}
	if p.server != nil {
		_ = p.server.Process.Signal(syscall.SIGINT) // a fast shutdown; a server that is gone is stopped
		<-p.ended
	}
	return os.RemoveAll(p.dir)
}
