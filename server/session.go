package server

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// sessionLife is how long a sign-in lasts: a working day.
const sessionLife = 12 * time.Hour

// A session is a cookie that says until when it holds, sealed with a key that is
// made of the server's token: so nothing is kept on the side, and another token
// ends every session.
//
//	base64( expiry, seconds since 1970, 8 bytes | HMAC-SHA-256 of it )

// sessionKey is what seals the sessions of a token.
func sessionKey(token string) []byte {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("lotigraph session 1"))
	return mac.Sum(nil)
}

func seal(key []byte, expiry time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(expiry.Unix()))
	mac := hmac.New(sha256.New, key)
	mac.Write(b)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(b))
}

// holds tells whether a session was sealed with the key and has not expired.
func holds(key []byte, session string, now time.Time) bool {
	b, err := base64.RawURLEncoding.DecodeString(session)
	if err != nil || len(b) != 8+sha256.Size {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(b[:8])
	return hmac.Equal(mac.Sum(nil), b[8:]) && now.Unix() < int64(binary.BigEndian.Uint64(b[:8]))
}

// secure tells whether the world reaches the server by HTTPS alone.
func (s *Server) secure() bool { return strings.HasPrefix(s.config.PublicURL, "https://") }

// sessionCookie is the cookie that carries a session.
func (s *Server) sessionCookie(value string, life time.Duration) *http.Cookie {
	return &http.Cookie{Name: s.gate.cookie, Value: value, Path: "/", MaxAge: int(life / time.Second), Secure: s.secure(),
		HttpOnly: true, SameSite: http.SameSiteLaxMode} // Lax, so that a link in a message leads staff to what they may see
}

// attempts limits how often an address may try a token: ten times, then once in
// half a minute.
func attempts() *middleware.RateLimiterMemoryStore {
	return middleware.NewRateLimiterMemoryStoreWithConfig(middleware.RateLimiterMemoryStoreConfig{Rate: 1. / 30, Burst: 10, ExpiresIn: time.Hour})
}

// signInForm is what the sign-in page shows.
type signInForm struct {
	Back  string // where to go then
	Error string
	On    bool // whether there is a token to sign in with
	Lost  bool // whether a form was sent without being signed in any more
}

// signInPage asks for the token.
func (s *Server) signInPage(c echo.Context) error {
	return s.showSignIn(c, http.StatusOK, "")
}

func (s *Server) showSignIn(c echo.Context, status int, wrong string) error {
	body := signInForm{Back: local(c.FormValue("back")), Error: wrong, On: s.gate.on, Lost: c.FormValue("lost") == "true"}
	shown := page.Shown{Template: "sign-in.html", Title: "Sign in", Body: body}
	if wrong != "" {
		shown.Faults = page.Faults{{Field: "token", Text: wrong}}
	}
	return s.site.render(c, status, s.undated(c, shown))
}

// signIn takes the token and gives a session.
func (s *Server) signIn(c echo.Context) error {
	if ok, err := s.attempts.Allow(c.RealIP()); err != nil || !ok {
		c.Response().Header().Set(echo.HeaderRetryAfter, "30")
		return s.showSignIn(c, http.StatusTooManyRequests, "There were too many attempts from your network. Wait half a minute, then try again")
	}
	token := strings.TrimSpace(c.FormValue("token"))
	switch {
	case token == "":
		return s.showSignIn(c, http.StatusUnprocessableEntity, "Enter the token")
	case !s.gate.knows(token):
		return s.showSignIn(c, http.StatusUnprocessableEntity, "This is not the token of this service")
	}
	c.SetCookie(s.sessionCookie(seal(s.gate.key, s.config.Now().Add(sessionLife)), sessionLife))
	return c.Redirect(http.StatusSeeOther, local(c.FormValue("back")))
}

// signOut ends the session of this browser.
func (s *Server) signOut(c echo.Context) error {
	c.SetCookie(s.sessionCookie("", -time.Second))
	return c.Redirect(http.StatusSeeOther, "/")
}

// local is an address of this service, or the front page for any other: a sign-in
// never leads elsewhere.
func local(address string) string {
	at, err := url.Parse(address)
	switch {
	case err != nil, at.IsAbs(), at.Host != "", at.User != nil, !strings.HasPrefix(address, "/"), strings.HasPrefix(address, "//"), strings.ContainsAny(address, "\\\r\n\t"):
		return "/"
	case at.Path == "/sign-in", at.Path == "/sign-out":
		return "/"
	}
	return address
}

// staffOnly keeps a page for those who are signed in, and leads others to the
// sign-in and back.
func (s *Server) staffOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if viewerOf(c.Request().Context()).Clearance == record.Staff {
			return next(c)
		}
		to := url.Values{"back": {c.Request().URL.RequestURI()}}
		if c.Request().Method != http.MethodGet && c.Request().Method != http.MethodHead {
			to = url.Values{"back": {cameFrom(c.Request())}, "lost": {"true"}}
		}
		return c.Redirect(http.StatusSeeOther, "/sign-in?"+to.Encode())
	}
}

// cameFrom is the page of this service on which a form was sent, or the front page.
func cameFrom(r *http.Request) string {
	at, err := url.Parse(r.Referer())
	if err != nil || at.Host != r.Host {
		return "/"
	}
	return local(at.RequestURI())
}
